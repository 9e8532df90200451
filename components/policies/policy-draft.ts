import { operations } from "@/lib/vocabulary/operations";
import type { PolicyEffect } from "@/lib/requests/policies/rules";
import {
  policyOperations,
  policyPlaces,
  policyValues,
  type PolicyListRow,
} from "@/lib/requests/policies/schema";
import type { PreviewChanges } from "@/lib/requests/replays/schema";

/** A rule as it is typed: every input's text. */
export interface PolicyDraft {
  name: string;
  effect: PolicyEffect;
  operation: string;
  /** all, test, prod, or one environment behind an equals sign. */
  place: string;
  systemId: string;
  requesterRole: string;
  minCpuCores: string;
  minMemoryGi: string;
  minDiskGb: string;
  requiresGpu: string;
  workflowId: string;
  priority: string;
}

export const newDraft: PolicyDraft = {
  name: "",
  effect: "ask",
  operation: operations[0],
  place: "all",
  systemId: "",
  requesterRole: "",
  minCpuCores: "",
  minMemoryGi: "",
  minDiskGb: "",
  requiresGpu: "",
  workflowId: "",
  priority: "100",
};

export function draftOf(policy: PolicyListRow): PolicyDraft {
  const { name, effect, operation, environment, environmentName } = policy;
  return {
    ...{ name, effect, operation, priority: String(policy.priority) },
    place: environmentName === null ? environment : `=${environmentName}`,
    systemId: policy.systemId ?? "",
    requesterRole: policy.requesterRole ?? "",
    minCpuCores: textOf(policy.minCpuCores),
    minMemoryGi: textOf(policy.minMemoryGi),
    minDiskGb: textOf(policy.minDiskGb),
    requiresGpu: policy.requiresGpu === null ? "" : String(policy.requiresGpu),
    workflowId: policy.workflowId ?? "",
  };
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}

/** The class and the one environment that a choice of place stands for. */
export function placeOf(place: string): { environment: string; environmentName: string } {
  return place.startsWith("=")
    ? { environment: "all", environmentName: place.slice(1) }
    : { environment: place, environmentName: "" };
}

/** The question of what the rule would have changed; null while the rule is none yet. */
export function questionOf(
  draft: PolicyDraft,
  { days, replacesId }: { days: number; replacesId: string | null },
): PreviewChanges | null {
  const { environment, environmentName } = placeOf(draft.place);
  const parsed = policyValues.safeParse({
    name: "as typed",
    effect: draft.effect,
    operation: policyOperations.find((operation) => operation === draft.operation),
    environment: policyPlaces.find((place) => place === environment),
    environmentName: environmentName === "" ? null : environmentName,
    systemId: draft.systemId === "" ? null : draft.systemId,
    requesterRole: draft.requesterRole === "" ? null : draft.requesterRole,
    minCpuCores: numberOf(draft.minCpuCores),
    minMemoryGi: numberOf(draft.minMemoryGi),
    minDiskGb: numberOf(draft.minDiskGb),
    requiresGpu: draft.requiresGpu === "" ? null : draft.requiresGpu === "true",
    workflowId: draft.workflowId === "" ? null : draft.workflowId,
    priority: Number(draft.priority),
  });
  if (!parsed.success) return null;
  // Without a name it is shown as the rule on the screen.
  return { days, leaveOut: [], rule: { ...parsed.data, name: "" }, replacesId };
}

function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
