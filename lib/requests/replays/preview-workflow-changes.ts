import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { listActiveRules } from "../policies/store";
import type { WorkflowChoice } from "../workflows/choose-workflow";
import { findEligible, seatsNeededOf } from "../workflows/find-eligible";
import { listEnabledWorkflows } from "../workflows/read-question";
import { compareWorkflows, groupWorkflows, type PassedSteps, type WorkflowGroup } from "./compare-workflows";
import type { PastRequest } from "./rules";
import type { PreviewWorkflowChanges, WorkflowChangesPreview } from "./schema";
import { listNewestRequests } from "./store";

const dayMs = 86_400_000;
const requestsMax = 1_000;
const groupsMax = 10;

/** Who would have had to approve what was asked lately, had the workflow in the builder stood then. */
export async function previewWorkflowChanges(
  ctx: Context,
  input: PreviewWorkflowChanges,
): Promise<WorkflowChangesPreview> {
  await authorize(db(), ctx, "platform:admin");
  const span = { since: new Date(ctx.now.getTime() - input.days * dayMs), until: ctx.now };
  const [rules, now, requests] = await Promise.all([
    listActiveRules(db()),
    listEnabledWorkflows(db()),
    listNewestRequests(db(), { ...span, limit: requestsMax + 1 }),
  ]);
  const sets = { rules, now, then: withDraft(now, input) };
  const { asked, differences } = compareWorkflows(requests.slice(0, requestsMax), sets);
  const groups = groupWorkflows(differences).slice(0, groupsMax);
  return {
    days: input.days,
    total: asked,
    truncated: requests.length > requestsMax,
    differing: differences.length,
    people: new Set(differences.map(({ request }) => request.requesterId)).size,
    groups: await Promise.all(groups.map(tellGroup)),
  };
}

/** A change takes the place of what it changes, under the name that rules know it by. */
function withDraft(
  now: readonly WorkflowChoice[],
  { workflow, replacesId }: PreviewWorkflowChanges,
): WorkflowChoice[] {
  const others = now.filter(({ id }) => id !== replacesId);
  if (!workflow.enabled) return others;
  const { name, priority, match, steps } = workflow;
  return [...others, { id: replacesId ?? "edited", name, priority, revision: 0, match, steps }];
}

async function tellGroup({ example: { request, now, then }, requests, people }: WorkflowGroup) {
  const { operation, ticketId } = request;
  const [stepsNow, stepsThen] = await Promise.all([tellSteps(request, now), tellSteps(request, then)]);
  return { operation, ticketId, requests, people, now: stepsNow, then: stepsThen };
}

async function tellSteps(
  { systemId, environment, requesterId }: PastRequest,
  { workflowName, steps }: PassedSteps,
) {
  const speakers = await findEligible(
    db(),
    { systemId, environment, requesterId, askedAt: null },
    steps.map((step) => ({ approvers: step.approvers, seatsNeeded: seatsNeededOf(step) })),
  );
  return {
    workflowName,
    steps: steps.map(({ name, mode, needed }, index) => ({
      ...{ name, mode, needed: mode === "quorum" ? needed : 1 },
      people: (speakers[index]?.people ?? []).map(({ displayName }) => displayName),
    })),
  };
}
