import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { requirePerson } from "../store";
import { passkeyParty, type FactorType } from "./rules";
import type { FactorKinds, FactorRow, OwnFactors } from "./schema";
import { countRecoveryCodes, readDemand } from "./store";

/** What the person can prove themselves with, and what is asked of them. */
export async function readOwnFactors(ctx: Context): Promise<OwnFactors> {
  const person = requirePerson(ctx);
  const [items, recoveryCodesLeft, demandedBy, account] = await Promise.all([
    listConfirmed(person.id),
    countRecoveryCodes(db(), person.id),
    readDemand(db(), person),
    db().user.findUniqueOrThrow({ where: { id: person.id }, select: { passwordHash: true } }),
  ]);
  return {
    items,
    recoveryCodesLeft,
    passkeysPossible: passkeyParty(publicBaseUrl()) !== null,
    asksPassword: items.length === 0 && account.passwordHash !== null,
    demandedBy,
  };
}

/** The ways in which the person can prove a second factor now; open to whoever is about to. */
export async function readFactorKinds(ctx: Context): Promise<FactorKinds> {
  const { id } = requirePerson(ctx);
  const [factors, codesLeft] = await Promise.all([listConfirmed(id), countRecoveryCodes(db(), id)]);
  const has = (type: FactorType) => factors.some((factor) => factor.type === type);
  return {
    app: has("totp"),
    passkey: has("webauthn") && passkeyParty(publicBaseUrl()) !== null,
    recoveryCode: codesLeft > 0,
  };
}

function listConfirmed(userId: string): Promise<FactorRow[]> {
  return db().$queryRaw<FactorRow[]>`
    SELECT id, type, name, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM mfa_factors
    WHERE user_id = ${userId} AND confirmed_at IS NOT NULL ORDER BY created_at, id`;
}
