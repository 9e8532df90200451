import { waitUntil } from "@/e2e/faults/wait-until";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { completeApproval } from "@/lib/requests/complete-approval";
import { openRequest } from "@/lib/requests/open-request";
import { actorId, shownName } from "@/lib/core/context";
import type { Stage } from "./stage";

const atOnce = 8;

/**
 * So many new machines at each cluster, asked for and approved by the product's own steps while no cluster lets anything
 * in; resolves when all of them queue at their clusters.
 */
export async function approveMany(stage: Stage, perCluster: number): Promise<void> {
  await waitUntil("every cluster is healthy", areHealthy, { timeoutMs: 240_000, everyMs: 500 });
  const orders = Array.from({ length: perCluster }, () => stage.clusterIds).flat();
  const waiting = orders.entries();
  const approveSome = async () => {
    for (const [sequenceNo, clusterId] of waiting) {
      // One that is thought away for a moment is tried again, as a person would.
      await waitUntil("the approval is taken", () => isApproved(stage, { clusterId, sequenceNo }), {
        timeoutMs: 240_000,
        everyMs: 1_000,
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, approveSome));
  await waitUntil(
    "every operation queues at its cluster",
    async () => (await countQueued()) >= orders.length,
    {
      timeoutMs: 120_000,
    },
  );
}

async function isApproved(stage: Stage, order: { clusterId: string; sequenceNo: number }): Promise<boolean> {
  try {
    await approveOne(stage, order);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "CLUSTER_NOT_PLACEABLE") return false;
    throw error;
  }
}

/** The dry run of an approval is the cluster's word on it beforehand; here its execution is measured. */
async function approveOne(
  { requester, decider, wish }: Stage,
  { clusterId, sequenceNo }: { clusterId: string; sequenceNo: number },
): Promise<void> {
  const batch = { id: `bench-${newId()}`, sequenceNo };
  const { ticketId } = await inTransaction((tx) =>
    openRequest(tx, requester, { ...wish, operation: "CREATE_VM" }, { batch }),
  );
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  const approver = { id: actorId(decider.actor), name: shownName(decider.actor) };
  await inTransaction((tx) =>
    completeApproval(tx, decider, { ticket, choices: { clusterId }, approver, dryRun: null }),
  );
}

/** One that had its trouble a moment ago is checked again before anything is placed there. */
async function areHealthy(): Promise<boolean> {
  return (await db().cluster.count({ where: { status: { not: "HEALTHY" } } })) === 0;
}

async function countQueued(): Promise<number> {
  return db().domainEvent.count({ where: { status: "PROCESSING", queuedAt: { not: null } } });
}
