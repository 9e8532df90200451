import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { requireOwnSession } from "../store";
import { checkNewPasskey, type NewCredential } from "./check-passkey";
import { finishEnrollment } from "./finish-enrollment";
import type { ConfirmPasskey, Enrolled } from "./schema";
import { requirePasskeyParty } from "./store";
import { takeChallenge } from "./take-challenge";

/** @throws CAPABILITY_NOT_SUPPORTED, VALIDATION_FAILED on response or name, MFA_REQUIRED */
export async function confirmPasskey(ctx: Context, { name, response }: ConfirmPasskey): Promise<Enrolled> {
  const person = requireOwnSession(ctx);
  const party = requirePasskeyParty();
  const challenge = await takeChallenge(ctx, person, { purpose: "enroll", answer: response });
  const made = challenge === null ? null : await checkNewPasskey(response, { party, challenge });
  if (made === null) throw fieldRefused("response", "invalid");
  const factor = { id: newId(), type: "webauthn", name } as const;
  try {
    return await inTransaction((tx) =>
      finishEnrollment(tx, ctx, {
        person,
        factor,
        confirm: async () => {
          const row = { ...factor, userId: person.id, ...toColumns(made) };
          await tx.mfaFactor.create({ data: { ...row, confirmedAt: ctx.now, createdAt: ctx.now } });
        },
      }),
    );
  } catch (error) {
    // A credential stands for one person only, here as everywhere.
    if (isUniqueViolation(error, "credential_id")) throw fieldRefused("response", "invalid");
    throw error;
  }
}

function toColumns({ id, publicKey, counter, transports }: NewCredential) {
  return { credentialId: id, publicKey, counter: BigInt(counter), transports };
}
