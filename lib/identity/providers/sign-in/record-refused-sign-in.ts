import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { inTransaction } from "@/lib/core/transaction";
import { explainFailure } from "../explain-failure";
import type { Provider } from "../store";

/** Why nobody was let in: the words of a wall, or of the flow itself. */
export function refuseSignIn(reason: string): AppError {
  return new AppError("SIGN_IN_REFUSED", { reason });
}

/** A failed sign-in is on record with its reason and without whose it was; whoever tried learns only that it failed. */
export async function recordRefusedSignIn(
  ctx: Context,
  provider: Provider,
  refusal: AppError,
): Promise<void> {
  const reason = String(refusal.params["reason"] ?? refusal.code);
  const { requestId } = ctx;
  logger("sign-in").warn(
    { requestId, providerId: provider.id, code: refusal.code, reason },
    "sign-in refused",
  );
  await inTransaction((tx) =>
    recordAudit(
      tx,
      { ...ctx, actor: { kind: "anonymous" } },
      {
        action: "user.login_failed",
        outcome: "failure",
        resource: { type: "session", id: "none" },
        parent: { type: "auth_provider", id: provider.id },
        details: { provider: provider.name, reason },
      },
    ),
  );
}

/** What a wall refused, in the portal's codes; anything unforeseen stays what it is. */
export function asRefusal(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const failure = explainFailure(error);
  if (failure === null) return null;
  return new AppError(failure.isOutage ? "PROVIDER_UNAVAILABLE" : "SIGN_IN_REFUSED", {
    reason: failure.reason,
  });
}

/** For those who are nobody yet: the code alone leaves, the reason stays in the log and the record. */
export async function translateRefusal<Result>(
  ctx: Context,
  provider: Provider,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null || error instanceof AppError) throw error;
    await recordRefusedSignIn(ctx, provider, refusal);
    throw new AppError(refusal.code, { reason: "provider" });
  }
}
