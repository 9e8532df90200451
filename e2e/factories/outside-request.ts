import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { deleteVm } from "@/lib/requests/delete-vm";
import { aCluster } from "./cluster";
import { aNamespace } from "./namespace";
import { aPerson } from "./person";
import { aService } from "./service";
import { aVm } from "./vm";

/** Somebody asks for something that waits for an approval and needs no cluster to be approved: a machine's removal. */
export async function anAskedRemoval(
  given: { requester?: Context } = {},
): Promise<{ ticketId: string; requester: Context; vmId: string }> {
  const requester = given.requester ?? (await aPerson("role-development-engineer"));
  const [service, namespace, cluster] = await Promise.all([aService(requester), aNamespace(), aCluster()]);
  const vm = await aVm({
    clusterId: cluster.id,
    namespace: namespace.name,
    serviceId: service.id,
    status: "STOPPED",
  });
  const { ticketId } = await deleteVm(requester, { vmId: vm.id, reason: "no longer needed", confirm: true });
  return { ticketId, requester, vmId: vm.id };
}

/** Where a ticket lies outside, newest first. */
export async function outsideRequestsOf(ticketId: string) {
  return db().externalApprovalRequest.findMany({
    where: { ticketId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}
