import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { planModificationJob } from "@/lib/vms/modification/jobs";
import { planAnswer, type ModificationWish, type PlanAnswer } from "@/lib/vms/modification/schema";
import type { DryRunVerdict } from "@/lib/vms/schema";
import type { ApprovalChoices } from "../schema";
import type { Ticket } from "../store";
import { chooseChange } from "./choose-change";

/**
 * The cluster's admission is asked about exactly the change that an approval would send, computed from the machine as it
 * is now.
 * @throws CLUSTER_REJECTED where it says no or a part is not possible, CLUSTER_UNAVAILABLE where it could not be asked
 */
export async function checkChange(
  ctx: Context,
  ticket: Ticket,
  choices: ApprovalChoices & { modificationReason?: string | undefined },
): Promise<DryRunVerdict | null> {
  const change = await chooseChange(db(), ticket, choices);
  if (change === null || ticket.resourceId === null) return null;
  const { rows, check } = await askPlan(ctx, ticket.resourceId, change.wish);
  const impossible = rows.find(({ verdict }) => verdict === "impossible");
  if (impossible !== undefined) {
    const { field, reason } = impossible;
    throw new AppError("CLUSTER_REJECTED", {
      message: `${field}: ${reason}`,
      causes: [{ field, message: reason }],
    });
  }
  const message = check.message ?? "the cluster did not answer";
  if (check.result === "refused") throw new AppError("CLUSTER_REJECTED", { message, causes: check.causes });
  if (check.result === "not_checked") throw new AppError("CLUSTER_UNAVAILABLE", { message });
  const clusterId = await clusterOf(ticket.resourceId);
  return { clusterId, result: "accepted", namespaceExists: true, warnings: [], causes: [], message: null };
}

/** What the change would take, by a worker that reads the machine; ten seconds at most. */
export function askPlan(ctx: Context, vmId: string, wish: ModificationWish): Promise<PlanAnswer> {
  return askWorker(ctx, planModificationJob, { vmId, wish }, planAnswer);
}

async function clusterOf(vmId: string): Promise<string> {
  const vm = await db().vm.findUnique({ where: { id: vmId }, select: { clusterId: true } });
  if (vm === null) throw new AppError("VM_NOT_FOUND");
  return vm.clusterId;
}
