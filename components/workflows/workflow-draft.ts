import {
  conditionShape,
  stepDefinition,
  type ApproverKind,
  type ApproverRef,
  type Condition,
  type CreateWorkflow,
  type StepDefinition,
  type WorkflowRow,
} from "@/lib/requests/workflows/schema";

/** What the editor holds; the schema judges it when it is saved. */
export type WorkflowDraft = CreateWorkflow;

export const emptyCondition: Condition = conditionShape.parse({});

export function newStep(): StepDefinition {
  return stepDefinition.parse({ approvers: [{ kind: "holders" }] });
}

export function newWorkflow(): WorkflowDraft {
  return {
    name: "",
    description: "",
    enabled: true,
    priority: 100,
    match: { ...emptyCondition, systemId: null },
    steps: [newStep()],
  };
}

export function draftOf({ name, description, enabled, priority, match, steps }: WorkflowRow): WorkflowDraft {
  return { name, description, enabled, priority, match, steps };
}

/** Kinds of whom a step can ask; those of a request for access follow by themselves. */
export const offeredKinds = ["holders", "owners", "role", "cohort", "user"] as const satisfies ApproverKind[];

export function refOf(kind: ApproverKind, refId: string | null): ApproverRef {
  const isNamed = kind === "user" || kind === "role" || kind === "cohort";
  return { kind, refId: isNamed ? refId : null };
}

/** An emptied number input states nothing. */
export function numberOf(text: string): number | null {
  return text === "" ? null : Number(text);
}

export function replaced<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return list.map((one, at) => (at === index ? item : one));
}

export function without<Item>(list: readonly Item[], index: number): Item[] {
  return list.filter((_, at) => at !== index);
}

/** The entry takes its neighbour's place. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): Item[] {
  const other = list[index + by];
  const item = list[index];
  if (other === undefined || item === undefined) return [...list];
  return replaced(replaced(list, index, other), index + by, item);
}
