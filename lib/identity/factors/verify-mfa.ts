import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { fieldRefused, type AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readSessionPerson } from "../check-session";
import { countAttempt, forgiveAttempt, requireOwnSession } from "../store";
import { findProof, spendProof, type Proof } from "./find-proof";
import type { Verified, VerifyMfa } from "./schema";
import { countRecoveryCodes, markProved } from "./store";

/**
 * Proves a second factor: at sign-in, and again where something asks for a fresh one. Every wrong try is answered alike,
 * whether the person has such a factor or not.
 * @throws VALIDATION_FAILED on code, recoveryCode or passkey, RATE_LIMIT_EXCEEDED
 */
export async function verifyMfa(ctx: Context, input: VerifyMfa): Promise<Verified> {
  const person = requireOwnSession(ctx);
  await countAttempt(factorAttempt(ctx, person));
  const proof = await findProof(ctx, person, input);
  const verified = proof === null ? null : await accept(ctx, person, proof);
  if (verified === null) {
    await recordRefusal(ctx, person, input);
    throw refusal(input);
  }
  await forgiveAttempt(factorAttempt(ctx, person));
  return verified;
}

/** Its key is longer than any user name may be, so that nobody can use up somebody's tries at the sign-in form. */
export function factorAttempt({ address }: Context, { id }: Person) {
  return { account: `the second factor of the person with the id ${id}`, address };
}

/** Null where somebody spent the same proof first. */
function accept(ctx: Context, person: Person, proof: Proof): Promise<Verified | null> {
  return inTransaction(async (tx) => {
    if (!(await spendProof(tx, ctx, person, proof))) return null;
    await markProved(tx, ctx, person);
    const recoveryCodesLeft = await countRecoveryCodes(tx, person.id);
    await recordAudit(tx, ctx, {
      action: "user.mfa_verify",
      resource: { type: "user", id: person.id, name: person.username },
      details: {
        method: proof.method,
        ...(proof.method === "recovery_code" ? { left: recoveryCodesLeft } : { factorId: proof.factorId }),
      },
    });
    return { ...(await readState(tx, ctx, person)), recoveryCodesLeft };
  });
}

async function readState(tx: Tx, ctx: Context, { sessionId }: Person) {
  const { pendingStep } = await readSessionPerson(tx, ctx, sessionId);
  return { pendingStep, mfaAt: ctx.now };
}

function recordRefusal(ctx: Context, person: Person, input: VerifyMfa): Promise<void> {
  return inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: "user.mfa_failed",
      outcome: "failure",
      resource: { type: "user", id: person.id, name: person.username },
      details: { method: methodOf(input) },
    }),
  );
}

function refusal(input: VerifyMfa): AppError {
  if (input.passkey !== undefined) return fieldRefused("passkey", "invalid");
  return fieldRefused(input.code === undefined ? "recoveryCode" : "code", "wrong_code");
}

function methodOf({ code, passkey }: VerifyMfa): Proof["method"] {
  if (passkey !== undefined) return "passkey";
  return code === undefined ? "recovery_code" : "app";
}
