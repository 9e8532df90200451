import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { deleteVm } from "@/lib/requests/delete-vm";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestMachine, type RequestState } from "@/lib/requests/machine";
import type { Cast } from "./make-cast";

/** Every state of the table, and the one in which a question waits for its answer. */
export const standings = [...requestMachine.states, "ASKED"] as const;
export type Standing = (typeof standings)[number];

const dayMs = 86_400_000;

/** A request to remove a machine of the cast's System, brought into the state by whoever brings it there. */
export async function aRequestIn(cast: Cast, standing: Standing): Promise<string> {
  const { requester, approver, serviceId } = cast;
  const [cluster, namespace] = await Promise.all([aCluster(), aNamespace()]);
  const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId, status: "STOPPED" });
  const later = standing === "APPROVED" ? { startAt: new Date(Date.now() + dayMs).toISOString() } : {};
  const { ticketId } = await deleteVm(requester, { vmId: vm.id, reason: "over", confirm: true, ...later });
  switch (standing) {
    case "PENDING":
      return ticketId;
    case "ASKED":
      await askForInformation(approver, { ticketId, question: "Why?" });
      return ticketId;
    case "REJECTED":
      await rejectRequest(approver, { ticketId, reason: "no" });
      return ticketId;
    case "CANCELLED":
      await cancelRequest(requester, { ticketId, reason: "" });
      return ticketId;
    case "APPROVED":
    case "EXECUTING":
      await approveRequest(approver, { ticketId });
      return requireState(ticketId, standing);
    case "SUCCESS":
    case "FAILED":
      await approveRequest(approver, { ticketId });
      await db().approvalTicket.update({
        where: { id: ticketId },
        data: { status: standing, finishedAt: new Date() },
        select: { id: true },
      });
      return ticketId;
  }
}

/** What an approval starts runs once its worker takes it. */
async function requireState(ticketId: string, status: RequestState): Promise<string> {
  await db().approvalTicket.update({ where: { id: ticketId }, data: { status }, select: { id: true } });
  return ticketId;
}
