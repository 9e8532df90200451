import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { inTransaction } from "@/lib/core/transaction";
import { countAttempt, forgiveAttempt, requireOwnSession } from "../store";
import { checkTotp } from "./check-totp";
import { totpBinding } from "./enroll-totp";
import { finishEnrollment } from "./finish-enrollment";
import { enrollmentMinutes, readDigits } from "./rules";
import type { ConfirmTotp, Enrolled } from "./schema";
import { factorAttempt } from "./verify-mfa";

/**
 * The code shows that the app has the secret; from then on the factor counts.
 * @throws RESOURCE_NOT_FOUND, VALIDATION_FAILED on code, RATE_LIMIT_EXCEEDED, MFA_REQUIRED
 */
export async function confirmTotp(ctx: Context, { factorId, code }: ConfirmTotp): Promise<Enrolled> {
  const person = requireOwnSession(ctx);
  const factor = await readBegun(ctx, person, factorId);
  await countAttempt(factorAttempt(ctx, person));
  const digits = readDigits(code);
  const step = digits === null ? null : checkTotp(await openSecret(factor), digits, ctx.now);
  if (step === null) throw fieldRefused("code", "wrong_code");
  const enrolled = await inTransaction((tx) =>
    finishEnrollment(tx, ctx, {
      person,
      factor: { id: factor.id, type: "totp", name: factor.name },
      confirm: async () => {
        const confirmed = await tx.mfaFactor.updateMany({
          where: { id: factor.id, confirmedAt: null },
          data: { confirmedAt: ctx.now, lastStep: step, lastUsedAt: ctx.now },
        });
        if (confirmed.count === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "factor" });
      },
    }),
  );
  await forgiveAttempt(factorAttempt(ctx, person));
  return enrolled;
}

async function readBegun(ctx: Context, person: Person, factorId: string) {
  const since = new Date(ctx.now.getTime() - enrollmentMinutes * 60_000);
  const factor = await db().mfaFactor.findFirst({
    where: { id: factorId, userId: person.id, type: "totp", confirmedAt: null, createdAt: { gt: since } },
    select: { id: true, name: true, secret: true },
  });
  if (factor === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "factor" });
  return factor;
}

function openSecret({ id, secret }: { id: string; secret: unknown }): Promise<string> {
  return openFor("web", envelope.parse(secret), totpBinding(id));
}
