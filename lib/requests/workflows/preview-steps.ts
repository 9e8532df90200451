import type { Tx } from "@/lib/core/transaction";
import { chooseWorkflow, findUnmet, type WorkflowQuestion } from "./choose-workflow";
import { findEligible, seatsNeededOf } from "./find-eligible";
import { listEnabledWorkflows } from "./read-question";
import { stagesOf } from "./rules";
import type { FrozenWorkflow, PreviewedSteps } from "./schema";

/** A step: which steps a request would pass, and who could decide each of them; nothing is written. */
export async function previewSteps(tx: Tx, question: WorkflowQuestion): Promise<PreviewedSteps> {
  return previewWorkflow(tx, question, chooseWorkflow(await listEnabledWorkflows(tx), question));
}

/** A step: the same of one workflow, chosen or drafted. */
export async function previewWorkflow(
  tx: Tx,
  question: WorkflowQuestion,
  workflow: FrozenWorkflow,
): Promise<PreviewedSteps> {
  const { systemId, environment, requesterId } = question;
  const speakers = await findEligible(
    tx,
    { systemId, environment, requesterId, askedAt: null },
    workflow.steps.map((step) => ({ approvers: step.approvers, seatsNeeded: seatsNeededOf(step) })),
  );
  const stages = stagesOf(workflow.steps);
  return {
    workflowId: workflow.id,
    workflowName: workflow.name,
    steps: workflow.steps.map(({ name, mode, needed, timeoutHours, onTimeout, condition }, position) => ({
      ...{ position, name, mode, timeoutHours, onTimeout },
      needed: mode === "quorum" ? needed : 1,
      stage: stages[position] ?? position,
      skipReason: condition === null ? null : findUnmet(condition, question),
      eligible: (speakers[position]?.people ?? []).map(({ seats: _seats, ...person }) => person),
      canFinish: speakers[position]?.canFinish ?? false,
    })),
  };
}

/** Who would be asked first, by name; nobody, where some step has nobody who could finish it. */
export function firstDeciders({ steps }: PreviewedSteps): { username: string; displayName: string }[] {
  const asked = steps.filter(({ skipReason }) => skipReason === null);
  const stage = Math.min(...asked.map((step) => step.stage));
  if (asked.some(({ canFinish }) => !canFinish)) return [];
  const people = asked.filter((step) => step.stage === stage).flatMap(({ eligible }) => eligible);
  const named = new Map(people.map(({ username, displayName }) => [username, { username, displayName }]));
  return [...named.values()];
}
