import { SamlRefusal } from "@/lib/adapters/saml/refusal";
import { AppError } from "@/lib/core/errors";
import { isOutsideFailure } from "@/lib/core/outside-failure";

export interface ProviderFailure {
  /** It may pass by itself: the server was not reached, or was too busy. */
  isOutage: boolean;
  /** Where it stopped, as a word of the wall. */
  reason: string;
  /** In the wall's words, which hold nothing that was sent. */
  message: string;
}

/** What a wall says went wrong; null for what is no failure of a provider. */
export function explainFailure(error: unknown): ProviderFailure | null {
  if (error instanceof SamlRefusal) return { isOutage: false, reason: error.reason, message: error.message };
  if (error instanceof Error && "reason" in error && typeof error.reason === "string" && "kind" in error) {
    return { isOutage: error.kind === "unavailable", reason: error.reason, message: error.message };
  }
  if (!isOutsideFailure(error)) return null;
  return { isOutage: error.kind === "unavailable", reason: error.kind, message: error.message };
}

/** For administrators, who may read the server's words. */
export async function withProviderFailures<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const failure = explainFailure(error);
    if (failure === null) throw error;
    if (failure.isOutage) throw new AppError("PROVIDER_UNAVAILABLE", { reason: failure.reason });
    throw new AppError("PROVIDER_REJECTED", { reason: failure.reason, message: failure.message });
  }
}
