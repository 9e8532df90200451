import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { Operation } from "@/lib/vocabulary/operations";

export interface PolicyRow {
  name: string;
  environment: string;
  operation: string;
  requiresApproval: boolean;
  priority: number;
}

export interface PolicyDecision {
  requiresApproval: boolean;
  /** Null where no row matched: then a person decides. */
  policyName: string | null;
}

/** Lowest priority number first, first match wins; nothing matching means that somebody must be asked. */
export function choosePolicy(
  policies: readonly PolicyRow[],
  wanted: { operation: Operation; environmentClass: EnvironmentClass },
): PolicyDecision {
  const match = policies
    .filter(({ operation }) => operation === wanted.operation)
    .filter(({ environment }) => environment === "all" || environment === wanted.environmentClass)
    .toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1))[0];
  return { requiresApproval: match?.requiresApproval ?? true, policyName: match?.name ?? null };
}
