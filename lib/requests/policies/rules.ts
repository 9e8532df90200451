import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { Operation } from "@/lib/vocabulary/operations";
import type { Demand } from "../quotas/demand";

export type PolicyEffect = "run" | "ask" | "deny";

export interface PolicyRow {
  id: string;
  name: string;
  environment: string;
  operation: string;
  effect: PolicyEffect;
  priority: number;
}

/** What a rule may look at. */
export interface PolicyQuestion {
  operation: Operation;
  systemId: string;
  environment: string;
  environmentClass: EnvironmentClass;
  requesterId: string;
  /** What it would hold, where it holds something. */
  demand: Demand | null;
}

export interface PolicyDecision {
  effect: PolicyEffect;
  /** Null where no row matched: then a person decides. */
  policyId: string | null;
  policyName: string | null;
  /** The steps that the rule names itself; null leaves it to the workflows' own matching. */
  workflowId: string | null;
}

/** Where no rule speaks, somebody must be asked. */
export const alwaysAsked: PolicyDecision = {
  effect: "ask",
  policyId: null,
  policyName: null,
  workflowId: null,
};

/** Lowest priority number first, first match wins; nothing matching means that somebody must be asked. */
export function choosePolicy(
  policies: readonly PolicyRow[],
  wanted: Pick<PolicyQuestion, "operation" | "environmentClass">,
): PolicyDecision {
  const match = policies
    .filter(({ operation }) => operation === wanted.operation)
    .filter(({ environment }) => environment === "all" || environment === wanted.environmentClass)
    .toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1))[0];
  if (match === undefined) return alwaysAsked;
  return { effect: match.effect, policyId: match.id, policyName: match.name, workflowId: null };
}
