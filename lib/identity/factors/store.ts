import { createHash, randomBytes } from "node:crypto";
import type { Context, Person } from "@/lib/core/context";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import {
  passkeyParty,
  recoveryCodesCount,
  writeRecoveryCode,
  type FactorType,
  type PasskeyParty,
} from "./rules";
import type { Demand } from "./schema";

/** @throws CAPABILITY_NOT_SUPPORTED where browsers would not offer passkeys to this portal's address */
export function requirePasskeyParty(): PasskeyParty {
  const party = passkeyParty(publicBaseUrl());
  if (party === null) throw new AppError("CAPABILITY_NOT_SUPPORTED", { capability: "passkeys" });
  return party;
}

interface HeldFactor {
  id: string;
  type: FactorType;
  name: string;
}

/** The person's confirmed factors; until the end of the transaction nobody else adds or removes any. */
export async function lockFactors(tx: Tx, userId: string): Promise<HeldFactor[]> {
  await tx.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
  return tx.$queryRaw<HeldFactor[]>`
    SELECT id, type, name FROM mfa_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL ORDER BY id`;
}

/** New codes in place of all older ones; they are known here and now, later only their hashes are. */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodesCount }, () => writeRecoveryCode(randomBytes(16)));
  await tx.mfaRecoveryCode.deleteMany({ where: { userId } });
  await tx.mfaRecoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(), userId, hash: hashRecoveryCode(code) })),
  });
  return codes;
}

/** Codes are random enough that a plain hash cannot be guessed back. */
export function hashRecoveryCode(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

export function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  return tx.mfaRecoveryCode.count({ where: { userId, usedAt: null } });
}

/** Writes into the session that a second factor was proved now. */
export async function markProved(tx: Tx, ctx: Context, { sessionId }: Person): Promise<void> {
  const marked = await tx.userSession.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { mfaAt: ctx.now },
  });
  if (marked.count === 0) throw new AppError("SESSION_EXPIRED");
}

/** Without any factor there is nothing to recover, and a password that was too short alone has to be replaced. */
export async function settleWithoutFactors(tx: Tx, userId: string): Promise<{ mustChangePassword: boolean }> {
  await tx.mfaFactor.deleteMany({ where: { userId } });
  await tx.mfaRecoveryCode.deleteMany({ where: { userId } });
  const demanded = await tx.user.updateMany({
    where: { id: userId, passwordStandsAlone: false, passwordHash: { not: null } },
    data: { forcePasswordChange: true },
  });
  return { mustChangePassword: demanded.count > 0 };
}

/** Who asks that the person has a second factor: the platform, one of their roles, or the provider they came by. */
export async function readDemand(tx: Tx, person: Pick<Person, "id" | "sessionId">): Promise<Demand | null> {
  const rows = await tx.$queryRaw<Demand[]>`
    SELECT 'setting' AS kind, '' AS name, 0 AS rank
      WHERE coalesce((SELECT (value #>> '{}')::boolean FROM platform_settings WHERE key = 'mfa.required'),
        ${settingDefinitions["mfa.required"].default})
    UNION ALL
    SELECT 'role', r.display_name, 1 FROM role_bindings b JOIN roles r ON r.id = b.role_id
      WHERE b.user_id = ${person.id} AND r.enabled AND r.require_mfa
        AND (b.expires_at IS NULL OR b.expires_at > now())
    UNION ALL
    SELECT 'provider', p.name, 2 FROM auth_providers p WHERE p.require_mfa
      AND p.id IN (SELECT provider FROM user_sessions WHERE id = ${person.sessionId}
        UNION SELECT auth_provider_id FROM users WHERE id = ${person.id})
    ORDER BY rank LIMIT 1`;
  const [row] = rows;
  return row === undefined ? null : { kind: row.kind, name: row.name };
}
