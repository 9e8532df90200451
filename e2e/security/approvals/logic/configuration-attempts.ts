import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { grantExemption } from "@/lib/batches/limits/grant-exemption";
import { setOverride } from "@/lib/batches/limits/set-override";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { addFreeze } from "@/lib/requests/calendar/add-freeze";
import { addFreezeInput, addWindowInput } from "@/lib/requests/calendar/schema";
import { addWindow } from "@/lib/requests/calendar/add-window";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { createDeskInput } from "@/lib/requests/desks/schema";
import { setEnvironmentLifetime } from "@/lib/requests/lifetimes/set-environment-lifetime";
import { createPolicy } from "@/lib/requests/policies/create-policy";
import { deletePolicy } from "@/lib/requests/policies/delete-policy";
import { createPolicyInput } from "@/lib/requests/policies/schema";
import { setPolicyState } from "@/lib/requests/policies/set-policy-state";
import { updatePolicy } from "@/lib/requests/policies/update-policy";
import { removeQuota } from "@/lib/requests/quotas/remove-quota";
import { noLimits } from "@/lib/requests/quotas/schema";
import { setQuota } from "@/lib/requests/quotas/set-quota";
import { setRejectReason } from "@/lib/requests/reject-reasons/set-reject-reason";
import { replayPolicies } from "@/lib/requests/replays/replay-policies";
import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import { deleteWorkflow } from "@/lib/requests/workflows/delete-workflow";
import { createWorkflowInput } from "@/lib/requests/workflows/schema";
import { withToken, type SignedIn } from "./make-cast";
import type { Attempt } from "./try-attempt";

interface Rows {
  policyId: string;
  workflowId: string;
  systemId: string;
  userId: string;
}

const workflow = (name: string) =>
  createWorkflowInput.parse({ name, match: {}, steps: [{ approvers: [{ kind: "holders" }] }] });
const rule = (name: string) =>
  createPolicyInput.parse({ name, effect: "run", operation: "ALL", priority: 1 });
const aDesk = { type: "webhook", name: "mine", webhookUrl: "https://desk.example/in", enabled: true };
const aWindow = {
  environment: "prod",
  name: "Always",
  weekdays: [1],
  startsAt: "00:00",
  durationMinutes: 600,
  timeZone: "UTC",
};
const aFreeze = { reason: "No", startsAt: "2031-01-01T00:00:00Z", endsAt: "2032-01-01T00:00:00Z" };

/** Everything that would decide the requests of everybody. */
const acts: Record<string, (ctx: Context, rows: Rows) => Promise<unknown>> = {
  "let everything run": (ctx) => createPolicy(ctx, rule(`x${newId().slice(-8)}`)),
  "change a rule": (ctx, { policyId }) => updatePolicy(ctx, { policyId, revision: 1, effect: "run" }),
  "switch a rule off": (ctx, { policyId }) =>
    setPolicyState(ctx, { policyId, revision: 1, state: "disabled" }),
  "remove a rule": (ctx, { policyId }) => deletePolicy(ctx, { policyId, confirm: true }),
  "replay the rules": (ctx, { policyId }) => replayPolicies(ctx, { days: 1, put: [policyId], leaveOut: [] }),
  "lay down a workflow": (ctx) => createWorkflow(ctx, workflow(`x${newId().slice(-8)}`)),
  "remove a workflow": (ctx, { workflowId }) => deleteWorkflow(ctx, { workflowId }),
  "set a quota": (ctx, { systemId }) => setQuota(ctx, { systemId, environment: "test", ...noLimits }),
  "remove a quota": (ctx, { systemId }) => removeQuota(ctx, { systemId, environment: "test" }),
  "open a window": (ctx) => addWindow(ctx, addWindowInput.parse(aWindow)),
  "freeze everything": (ctx) => addFreeze(ctx, addFreezeInput.parse(aFreeze)),
  "set up a desk": (ctx) => createDesk(ctx, createDeskInput.parse(aDesk)),
  "let machines live for ever": (ctx) =>
    setEnvironmentLifetime(ctx, {
      environment: "test",
      defaultDays: null,
      longestDays: null,
      graceDays: 365,
    }),
  "lift a limit": (ctx, { userId }) => grantExemption(ctx, { userId, reason: "mine", days: 90 }),
  "raise a limit": (ctx, { userId }) =>
    setOverride(ctx, { userId, reason: "mine", maxPendingParents: 10_000 }),
  "write a reason of rejections": (ctx) =>
    setRejectReason(ctx, { about: "all", position: 0, textEn: "No", textZh: "不", enabled: true }),
};

async function whoMayNot(systemOwner: SignedIn): Promise<Record<string, Context>> {
  const administrator = await anAdministrator();
  return {
    "the owner of the System": systemOwner,
    "an approver": await aPerson("role-approval-admin", { environments: ["test", "prod"] }),
    "an emergency operator": await aPerson("role-emergency-operator", { environments: ["test", "prod"] }),
    "a viewer": await aPerson("role-viewer"),
    "a stranger": await aPerson(null),
    "an administrator's token that only reads": withToken(administrator, { permissions: ["vm:read"] }),
    nobody: { ...systemOwner, actor: { kind: "anonymous" } },
  };
}

/** What only administrators lay down, by everybody else. */
export async function configurationAttempts(): Promise<Attempt[]> {
  const administrator = await anAdministrator();
  const owner = await aPerson("role-development-engineer");
  const { systemId } = await aService(owner);
  const draft = createPolicyInput.parse({
    name: `x${newId().slice(-8)}`,
    effect: "ask",
    operation: "CLONE_VM",
    state: "draft",
  });
  const { id: policyId } = await createPolicy(administrator, draft);
  const { id: workflowId } = await createWorkflow(administrator, workflow(`x${newId().slice(-8)}`));
  const rows = { policyId, workflowId, systemId, userId: owner.actor.id };
  return Object.entries(await whoMayNot(owner)).flatMap(([title, ctx]) =>
    Object.entries(acts).map(([what, act]) => ({
      name: `${title} to ${what}`,
      act: () => act(ctx, rows),
      codes: ["PERMISSION_DENIED", "UNAUTHORIZED", "RESOURCE_NOT_FOUND"],
    })),
  );
}
