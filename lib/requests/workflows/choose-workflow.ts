import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { AnyOperation } from "@/lib/vocabulary/operations";
import type { Demand } from "../quotas/schema";
import type { ApproverRef, Condition, FrozenWorkflow, StepDefinition, WorkflowMatch } from "./schema";

/** What a workflow may look at. */
export interface WorkflowQuestion {
  operation: AnyOperation;
  systemId: string;
  /** Null for a role on a System. */
  environment: string | null;
  environmentClass: EnvironmentClass | null;
  requesterId: string;
  demand: Pick<Demand, "cpuCores" | "memoryGi" | "diskGb" | "gpus"> | null;
  costClass?: string | null;
  /** The workflow that the policy names itself. */
  workflowId?: string | null;
}

export interface WorkflowChoice {
  id: string;
  name: string;
  priority: number;
  revision: number;
  match: WorkflowMatch;
  steps: StepDefinition[];
}

/** The first condition that does not hold, by the word under which a step tells why it was passed over. */
export type Unmet = "operation" | "environment" | "system" | "size" | "gpu" | "cost_class";

/** The workflow that the policy names, else the first that matches, else the one step there has always been. */
export function chooseWorkflow(
  workflows: readonly WorkflowChoice[],
  question: WorkflowQuestion,
): FrozenWorkflow {
  // A role on a System is the word of those who keep it, whatever else is asked elsewhere.
  if (question.operation === "SYSTEM_ACCESS") return defaultWorkflow("keepers");
  const named = workflows.find(({ id }) => id === question.workflowId);
  const chosen =
    named ??
    workflows
      .filter(({ match }) => findUnmet(match, question) === null)
      .toSorted((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1))[0];
  if (chosen === undefined) return defaultWorkflow("holders");
  const { id, name, revision, steps } = chosen;
  // Policy has said that somebody is asked: where every step is passed over, the standing approvers are.
  const isEmpty = steps.every(
    ({ condition }) => condition !== null && findUnmet(condition, question) !== null,
  );
  return { id, name, revision, steps: isEmpty ? [...steps, standingStep("holders")] : steps };
}

function defaultWorkflow(kind: ApproverRef["kind"]): FrozenWorkflow {
  return { id: null, name: null, revision: 1, steps: [standingStep(kind)] };
}

/** Any one of them, without a time limit. */
function standingStep(kind: ApproverRef["kind"]): StepDefinition {
  return {
    name: "",
    parallel: false,
    mode: "any",
    needed: 1,
    approvers: [{ kind, refId: null }],
    condition: null,
    timeoutHours: null,
    onTimeout: "remind",
    escalateTo: [],
    editable: null,
  };
}

/** Every condition that is stated must hold. */
export function findUnmet(
  condition: Condition & { systemId?: string | null },
  question: WorkflowQuestion,
): Unmet | null {
  const { operations, environment, environmentName, requiresGpu, costClass, systemId } = condition;
  if (operations.length > 0 && !operations.some((operation) => operation === question.operation))
    return "operation";
  if (environment !== "all" && environment !== question.environmentClass) return "environment";
  if (environmentName !== null && environmentName !== question.environment) return "environment";
  if (systemId !== null && systemId !== undefined && systemId !== question.systemId) return "system";
  if (!isLargeEnough(condition, question.demand)) return "size";
  if (requiresGpu !== null && requiresGpu !== (question.demand?.gpus ?? 0) > 0) return "gpu";
  if (costClass !== null && costClass !== question.costClass) return "cost_class";
  return null;
}

function isLargeEnough(
  { minCpuCores, minMemoryGi, minDiskGb }: Condition,
  demand: WorkflowQuestion["demand"],
): boolean {
  const { cpuCores = 0, memoryGi = 0, diskGb = 0 } = demand ?? {};
  return (
    (minCpuCores === null || cpuCores >= minCpuCores) &&
    (minMemoryGi === null || memoryGi >= minMemoryGi) &&
    (minDiskGb === null || diskGb >= minDiskGb)
  );
}
