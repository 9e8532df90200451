import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { Operation } from "@/lib/vocabulary/operations";
import type { Demand } from "../quotas/schema";

export const policyEffects = ["run", "ask", "deny"] as const;
export type PolicyEffect = (typeof policyEffects)[number];

export const policyStates = ["draft", "shadow", "active", "disabled"] as const;
export type PolicyState = (typeof policyStates)[number];

/** A rule as it is matched: every condition that is null holds for everything. */
export interface PolicyRow {
  id: string;
  name: string;
  effect: PolicyEffect;
  priority: number;
  /** One operation, or ALL. */
  operation: string;
  /** all | test | prod: the class. */
  environment: string;
  environmentName: string | null;
  systemId: string | null;
  /** A role's id, or what the requester is on the System. */
  requesterRole: string | null;
  minCpuCores: number | null;
  minMemoryGi: number | null;
  minDiskGb: number | null;
  requiresGpu: boolean | null;
  workflowId: string | null;
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

/** The question with what the requester is: the roles held there, and the role on the System. */
export interface KnownQuestion extends PolicyQuestion {
  requesterRoles: readonly string[];
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

export const policyConditions = [
  "operation",
  "environment",
  "system",
  "requester",
  "cpu",
  "memory",
  "disk",
  "gpu",
] as const;
type PolicyCondition = (typeof policyConditions)[number];

/** Which conditions of a rule the question does not meet; none means that the rule matches. */
export function failedConditions(rule: PolicyRow, question: KnownQuestion): PolicyCondition[] {
  const { demand } = question;
  const met: Record<PolicyCondition, boolean> = {
    operation: rule.operation === "ALL" || rule.operation === question.operation,
    environment: meetsEnvironment(rule, question),
    system: rule.systemId === null || rule.systemId === question.systemId,
    requester: rule.requesterRole === null || question.requesterRoles.includes(rule.requesterRole),
    cpu: reaches(demand?.cpuCores, rule.minCpuCores),
    memory: reaches(demand?.memoryGi, rule.minMemoryGi),
    disk: reaches(demand?.diskGb, rule.minDiskGb),
    gpu: rule.requiresGpu === null || (demand !== null && demand.gpus > 0 === rule.requiresGpu),
  };
  return policyConditions.filter((condition) => !met[condition]);
}

function meetsEnvironment(rule: PolicyRow, { environment, environmentClass }: PolicyQuestion): boolean {
  if (rule.environmentName !== null) return rule.environmentName === environment;
  return rule.environment === "all" || rule.environment === environmentClass;
}

/** What holds nothing reaches no threshold. */
function reaches(asked: number | undefined, least: number | null): boolean {
  return least === null || (asked !== undefined && asked >= least);
}

/** A rule that says no comes before all others; then the lowest number, then the name. */
function byPrecedence(a: PolicyRow, b: PolicyRow): number {
  return (
    Number(b.effect === "deny") - Number(a.effect === "deny") ||
    a.priority - b.priority ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The first rule that matches decides; where none does, somebody must be asked. */
export function choosePolicy(policies: readonly PolicyRow[], question: KnownQuestion): PolicyDecision {
  const rule = policies
    .filter((policy) => failedConditions(policy, question).length === 0)
    .toSorted(byPrecedence)[0];
  return rule === undefined ? alwaysAsked : decisionOf(rule);
}

function decisionOf({ id, name, effect, workflowId }: PolicyRow): PolicyDecision {
  return { effect, policyId: id, policyName: name, workflowId };
}

/** Why a rule decides, or why it does not: it fails here, another comes first, or one that says no stands above it. */
export type PolicyStanding = "decides" | "comes_later" | "overruled" | "fails";

interface ExplainedPolicy {
  policy: PolicyRow;
  standing: PolicyStanding;
  failed: PolicyCondition[];
}

interface PolicyExplanation {
  decision: PolicyDecision;
  rules: ExplainedPolicy[];
}

/** The decision, and of every rule why: in the order in which they speak. */
export function explainPolicy(policies: readonly PolicyRow[], question: KnownQuestion): PolicyExplanation {
  const decision = choosePolicy(policies, question);
  const rules = policies.toSorted(byPrecedence).map((policy) => {
    const failed = failedConditions(policy, question);
    return { policy, failed, standing: standingOf(policy, failed, decision) };
  });
  return { decision, rules };
}

function standingOf(policy: PolicyRow, failed: PolicyCondition[], decision: PolicyDecision): PolicyStanding {
  if (failed.length > 0) return "fails";
  if (policy.id === decision.policyId) return "decides";
  return decision.effect === "deny" && policy.effect !== "deny" ? "overruled" : "comes_later";
}

/** Whether people would notice: another answer, or other steps to the same one. */
export function differs(a: PolicyDecision, b: PolicyDecision): boolean {
  return a.effect !== b.effect || a.workflowId !== b.workflowId;
}

/** The rules as they would be: some left out, some put in, and what replaces a rule taking its place. */
interface PolicyChanges {
  put: readonly (PolicyRow & { replacesId: string | null })[];
  leaveOut: readonly string[];
}

export function applyChanges(policies: readonly PolicyRow[], { put, leaveOut }: PolicyChanges): PolicyRow[] {
  const gone = new Set([...leaveOut, ...put.flatMap(({ id, replacesId }) => [id, replacesId])]);
  return [...policies.filter(({ id }) => !gone.has(id)), ...put.map(({ replacesId: _, ...rule }) => rule)];
}
