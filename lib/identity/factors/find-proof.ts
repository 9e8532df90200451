import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import { checkPasskey, readCredentialId } from "./check-passkey";
import { checkTotp } from "./check-totp";
import { totpBinding } from "./enroll-totp";
import { passkeyParty, readDigits, readRecoveryCode } from "./rules";
import type { VerifyMfa, WebauthnJson } from "./schema";
import { hashRecoveryCode } from "./store";
import { takeChallenge } from "./take-challenge";

export type Proof =
  | { method: "app"; factorId: string; step: bigint }
  | { method: "passkey"; factorId: string; counter: bigint }
  | { method: "recovery_code"; hash: string };

/** What of the person's the answer proves, not yet spent; null where it proves nothing. */
export async function findProof(ctx: Context, person: Person, input: VerifyMfa): Promise<Proof | null> {
  if (input.passkey !== undefined) return findPasskey(ctx, person, input.passkey);
  if (input.code !== undefined) return findStep(ctx, person, input.code);
  const code = readRecoveryCode(input.recoveryCode ?? "");
  return code === null ? null : { method: "recovery_code", hash: hashRecoveryCode(code) };
}

/** Compare and set: of two that bring the same proof, however close together, one succeeds. */
export async function spendProof(
  tx: Tx,
  ctx: Context,
  { id: userId }: Person,
  proof: Proof,
): Promise<boolean> {
  switch (proof.method) {
    case "app": {
      const { factorId: id, step } = proof;
      const spent = await tx.mfaFactor.updateMany({
        where: {
          id,
          userId,
          confirmedAt: { not: null },
          OR: [{ lastStep: null }, { lastStep: { lt: step } }],
        },
        data: { lastStep: step, lastUsedAt: ctx.now },
      });
      return spent.count === 1;
    }
    case "passkey": {
      const { factorId: id, counter } = proof;
      // Many authenticators keep no counter and always say zero.
      const isLater = counter === 0n ? { counter: 0n } : { counter: { lt: counter } };
      const spent = await tx.mfaFactor.updateMany({
        where: { id, userId, confirmedAt: { not: null }, ...isLater },
        data: { counter, lastUsedAt: ctx.now },
      });
      return spent.count === 1;
    }
    case "recovery_code": {
      const spent = await tx.mfaRecoveryCode.updateMany({
        where: { userId, hash: proof.hash, usedAt: null },
        data: { usedAt: ctx.now },
      });
      return spent.count === 1;
    }
  }
}

async function findStep(ctx: Context, { id: userId }: Person, code: string): Promise<Proof | null> {
  const digits = readDigits(code);
  if (digits === null) return null;
  const factors = await db().mfaFactor.findMany({
    where: { userId, type: "totp", confirmedAt: { not: null } },
    select: { id: true, secret: true },
  });
  for (const { id, secret } of factors) {
    const opened = await openFor("web", envelope.parse(secret), totpBinding(id));
    const step = checkTotp(opened, digits, ctx.now);
    if (step !== null) return { method: "app", factorId: id, step };
  }
  return null;
}

async function findPasskey(ctx: Context, person: Person, answer: WebauthnJson): Promise<Proof | null> {
  const challenge = await takeChallenge(ctx, person, { purpose: "verify", answer });
  const party = passkeyParty(publicBaseUrl());
  const credentialId = readCredentialId(answer);
  if (challenge === null || party === null || credentialId === null) return null;
  const factor = await db().mfaFactor.findFirst({
    where: { credentialId, userId: person.id, type: "webauthn", confirmedAt: { not: null } },
    select: { id: true, publicKey: true, counter: true },
  });
  if (factor === null || factor.publicKey === null) return null;
  const known = { id: credentialId, publicKey: factor.publicKey, counter: Number(factor.counter) };
  const counter = await checkPasskey(answer, { party, challenge, known });
  return counter === null ? null : { method: "passkey", factorId: factor.id, counter: BigInt(counter) };
}
