import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { approveRequest } from "@/lib/requests/approve-request";
import { requestVm } from "@/lib/requests/request-vm";
import type { RequestVm } from "@/lib/requests/schema";
import { waitUntil } from "./wait-until";

export interface People {
  requester: Context;
  decider: Context;
}

export async function somePeople(): Promise<People> {
  return {
    requester: await aPerson("role-development-engineer"),
    decider: await aPerson("role-approval-admin"),
  };
}

/** Registers it as an administrator would, and waits until a worker has found it healthy. */
export async function aHealthyCluster(kubeconfig: string): Promise<string> {
  const { id } = await registerCluster(platformContext("test"), {
    name: `lab-${newId().slice(-6)}`,
    displayName: "Lab",
    environment: "test",
    kubeconfig,
    schedulingWeight: 100,
  });
  const healthy = { where: { id, status: "HEALTHY" }, select: { id: true } };
  await waitUntil("the cluster is healthy", () => db().cluster.findFirst(healthy));
  return id;
}

export interface Creation {
  ticketId: string;
  eventId: string;
  vmId: string;
  vmName: string;
  /** performance.now() right after the approval's commit. */
  approvedAt: number;
}

/** Asked for by one, approved by the other. */
export async function approveCreation(people: People, over: Partial<RequestVm> = {}): Promise<Creation> {
  const wish = await aVmWish(people.requester, over);
  return approve(people, await requestVm(people.requester, wish));
}

export async function approve(
  { decider }: People,
  submitted: { ticketId: string; eventId: string },
): Promise<Creation> {
  await approveRequest(decider, { ticketId: submitted.ticketId });
  const approvedAt = performance.now();
  const ticket = await readTicket(submitted.ticketId);
  const { ticketId, eventId } = submitted;
  return { ticketId, eventId, vmId: ticket.resourceId ?? "", vmName: ticket.resourceName ?? "", approvedAt };
}

export function readTicket(id: string) {
  return db().approvalTicket.findUniqueOrThrow({ where: { id } });
}

export function readEvent(id: string) {
  return db().domainEvent.findUniqueOrThrow({ where: { id } });
}
