import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { aStep, aWorkflow } from "@/e2e/factories/workflow";
import { db } from "@/lib/core/db";
import { approveRequest } from "@/lib/requests/approve-request";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestConsole } from "@/lib/requests/request-console";
import { editableFields, type StepDefinition } from "@/lib/requests/workflows/schema";
import type { SignedIn } from "./make-cast";
import type { Attempt } from "./try-attempt";

const aDecider = () => aPerson("role-viewer", { environments: ["prod"] });

/** A request for a console of a machine in production, before the steps of its System. */
async function anAsked(steps: (people: SignedIn[]) => StepDefinition[], people: SignedIn[]) {
  const vm = await aRunningVm({ environment: "prod" });
  const requester = (await aConsoleUser(vm.systemId)).ctx;
  await aWorkflow(vm.systemId, steps([...people, requester]));
  const reason = "The application does not answer any more.";
  const asked = { vmId: vm.id, consoleType: "vnc", reason, minutes: 30 } as const;
  const { ticketId } = await requestConsole(requester, asked);
  return { requester, ticketId: ticketId ?? "" };
}

function everyWord(title: string, ctx: SignedIn, ticketId: string): Attempt[] {
  return [
    { name: `${title}: approve`, act: () => approveRequest(ctx, { ticketId }) },
    { name: `${title}: reject`, act: () => rejectRequest(ctx, { ticketId, reason: "no" }) },
    { name: `${title}: ask`, act: () => askForInformation(ctx, { ticketId, question: "Why?" }) },
  ];
}

const idOf = (person: SignedIn | undefined) => person?.actor.id ?? "";

/** Steps that are not this person's turn, in every state of a step. */
export async function stepAttempts(): Promise<Attempt[]> {
  return [
    ...(await outOfTurn()),
    ...(await inOtherStates()),
    ...(await byThoseWhoLeft()),
    ...(await namedRequester()),
    ...(await beyondEditable()),
  ];
}

async function outOfTurn(): Promise<Attempt[]> {
  const [ann, bob, carl] = [await aDecider(), await aDecider(), await aDecider()];
  const { ticketId } = await anAsked(
    ([a, b, c]) => [aStep([idOf(a), idOf(b)], { mode: "all" }), aStep([idOf(c)])],
    [ann, bob, carl],
  );
  await approveRequest(ann, { ticketId });
  return [
    ...everyWord("a step that waits for the one before", carl, ticketId),
    { name: "a word twice in one step", act: () => approveRequest(ann, { ticketId }) },
    { name: "a no after a yes in one step", act: () => rejectRequest(ann, { ticketId, reason: "no" }) },
  ];
}

async function inOtherStates(): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const status of ["WAITING", "APPROVED", "SKIPPED", "EXPIRED", "REJECTED"]) {
    const ann = await aDecider();
    const { ticketId } = await anAsked(([a]) => [aStep([idOf(a)])], [ann]);
    await db().approvalStep.updateMany({
      where: { ticketId },
      data: { status, skipReason: status === "SKIPPED" ? "ended" : null },
    });
    attempts.push(...everyWord(`a step that is ${status}`, ann, ticketId));
  }
  return attempts;
}

/** Named once, and no longer there. */
async function byThoseWhoLeft(): Promise<Attempt[]> {
  const [disabled, stranger] = [await aDecider(), await aDecider()];
  const { ticketId } = await anAsked(([a]) => [aStep([idOf(a)])], [disabled]);
  await db().user.update({
    where: { id: disabled.actor.id },
    data: { enabled: false },
    select: { id: true },
  });
  const stale = { ...stranger.actor, mfaAt: new Date(Date.now() - 86_400_000) };
  const { ticketId: another } = await anAsked(([a]) => [aStep([idOf(a)])], [stranger]);
  return [
    ...everyWord("somebody named who has left", disabled, ticketId),
    ...everyWord("somebody who was never named", stranger, ticketId),
    {
      name: "production without a fresh second factor",
      act: () => approveRequest({ ...stranger, actor: stale }, { ticketId: another }),
      codes: ["MFA_REQUIRED"],
    },
  ];
}

/** A workflow that names whoever asks asks somebody else. */
async function namedRequester(): Promise<Attempt[]> {
  const ann = await aDecider();
  const { requester, ticketId } = await anAsked(([a, b]) => [aStep([idOf(a), idOf(b)])], [ann]);
  return everyWord("the requester whom a step names", requester, ticketId);
}

const values: Record<(typeof editableFields)[number], string | number> = {
  ...{ clusterId: "another", templateVersion: 2, storageClass: "fast", cpuRequest: 1, cpuLimit: 1 },
  ...{ memoryRequestGi: 1, memoryLimitGi: 1, diskGb: 5, role: "admin", days: 30 },
};

async function beyondEditable(): Promise<Attempt[]> {
  const ann = await aDecider();
  const { ticketId } = await anAsked(([a]) => [aStep([idOf(a)], { editable: [] })], [ann]);
  return editableFields.map((field) => ({
    name: `a step that changes nothing changes ${field}`,
    act: () => approveRequest(ann, { ticketId, [field]: values[field] }),
    codes: ["VALIDATION_FAILED"],
  }));
}
