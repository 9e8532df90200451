import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { newId } from "@/lib/core/ids";
import { createDelegation } from "@/lib/requests/delegations/create-delegation";
import { endDelegation } from "@/lib/requests/delegations/end-delegation";
import { createDelegationInput, endDelegationInput } from "@/lib/requests/delegations/schema";
import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import { createWorkflowInput } from "@/lib/requests/workflows/schema";
import { withToken } from "./make-cast";
import { throughForm, type Attempt } from "./try-attempt";

const holders = { approvers: [{ kind: "holders" }] };

/** Steps that would ask nobody, never end, or give away what no approval may change. */
const wrongSteps: Record<string, object> = {
  "nobody to ask": { approvers: [] },
  "an unknown kind of approver": { approvers: [{ kind: "everybody" }] },
  "the requester as approver": { approvers: [{ kind: "requester" }] },
  "a person without a name": { approvers: [{ kind: "user" }] },
  "a person who never was": { approvers: [{ kind: "user", refId: "none" }] },
  "a role that never was": { approvers: [{ kind: "role", refId: "none" }] },
  "holders with a name": { approvers: [{ kind: "holders", refId: "x" }] },
  "a mode of its own": { ...holders, mode: "none" },
  "a quorum of none": { ...holders, mode: "quorum", needed: 0 },
  "a quorum below none": { ...holders, mode: "quorum", needed: -1 },
  "a quorum of a half": { ...holders, mode: "quorum", needed: 0.5 },
  "a quorum without end": { ...holders, mode: "quorum", needed: 51 },
  "an approval by time without a time": { ...holders, onTimeout: "approve" },
  "a rejection by time without a time": { ...holders, onTimeout: "reject" },
  "an escalation to nobody": { ...holders, timeoutHours: 1, onTimeout: "escalate" },
  "an escalation to an empty list": { ...holders, timeoutHours: 1, onTimeout: "escalate", escalateTo: [[]] },
  "too many escalations": {
    ...holders,
    timeoutHours: 1,
    escalateTo: [1, 2, 3, 4].map(() => [{ kind: "holders" }]),
  },
  "a time that is over": { ...holders, timeoutHours: 0 },
  "a time before now": { ...holders, timeoutHours: -1 },
  "a time without end": { ...holders, timeoutHours: 1e9 },
  "an unknown end": { ...holders, timeoutHours: 1, onTimeout: "run" },
  "the namespace to edit": { ...holders, editable: ["namespace"] },
  "the service to edit": { ...holders, editable: ["serviceId"] },
  "the requester to edit": { ...holders, editable: ["requesterId"] },
  "an unknown condition": { ...holders, condition: { requester: "me" } },
  "an unknown operation": { ...holders, condition: { operations: ["ANY"] } },
  "a negative size": { ...holders, condition: { minCpuCores: -1 } },
  "an unknown member": { ...holders, skip: true },
};

/** Workflows and stand-ins that nobody may lay down, by whoever may lay down others. */
export async function workflowAttempts(): Promise<Attempt[]> {
  const administrator = await anAdministrator();
  const create = throughForm(createWorkflowInput, (input) => createWorkflow(administrator, input));
  const workflow = () => ({ name: `flow ${newId().slice(-8)}`, match: {}, steps: [holders] });
  const wrongWholes: Record<string, object> = {
    ...{ "no steps": { steps: [] }, "no name": { name: " " }, "a priority of none": { priority: 0 } },
    ...{ "a priority below": { priority: -5 }, "a priority beyond": { priority: 10_001 } },
    "too many steps": { steps: Array.from({ length: 21 }, () => holders) },
    "a System that never was": { match: { systemId: "none" } },
    "an environment that never was": { match: { environmentName: "none" } },
    "an author of its own": { createdBy: "seed" },
  };
  return [
    ...Object.entries(wrongSteps).map(([name, step]) => ({
      name: `a workflow with ${name}`,
      act: create({ ...workflow(), steps: [step] }),
    })),
    ...Object.entries(wrongWholes).map(([name, over]) => ({
      name: `a workflow with ${name}`,
      act: create({ ...workflow(), ...over }),
    })),
    ...(await delegationAttempts()),
  ];
}

async function delegationAttempts(): Promise<Attempt[]> {
  const from = await aPerson("role-approval-admin");
  const to = await aPerson("role-viewer");
  const other = await aPerson("role-viewer");
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
  const right = { to: to.actor.username, startsAt: hours(0), endsAt: hours(24) };
  const given = await createDelegation(from, createDelegationInput.parse(right));
  const wrong: Record<string, object> = {
    ...{ oneself: { to: from.actor.username }, nobody: { to: "never-was" }, "an empty name": { to: " " } },
    ...{ "an end before the beginning": { endsAt: hours(-1) }, "no time at all": { endsAt: right.startsAt } },
    ...{
      "an end long ago": { startsAt: hours(-48), endsAt: hours(-24) },
      "a time without end": { endsAt: hours(24 * 181) },
    },
    ...{ "no date": { startsAt: "soon" }, "an unknown environment": { environments: ["none"] } },
    ...{ "somebody else's word": { fromUserId: other.actor.id }, "a chain": { via: other.actor.id } },
  };
  const create = throughForm(createDelegationInput, (input) => createDelegation(from, input));
  const byToken = throughForm(createDelegationInput, (input) => createDelegation(withToken(from), input));
  const end = throughForm(endDelegationInput, (input) => endDelegation(other, input));
  const endReceived = throughForm(endDelegationInput, (input) => endDelegation(to, input));
  return [
    ...Object.entries(wrong).map(([name, over]) => ({
      name: `a stand-in: ${name}`,
      act: create({ ...right, ...over }),
    })),
    { name: "a stand-in by a token", act: byToken(right) },
    { name: "somebody else's stand-in ended", act: end({ delegationId: given.id }) },
    { name: "a stand-in that never was ended", act: end({ delegationId: "none" }) },
    { name: "a received stand-in ended", act: endReceived({ delegationId: given.id }) },
  ];
}
