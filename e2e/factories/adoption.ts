import type { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import type { StoredMachine } from "@/lib/vms/adoption/schema";

const machine: StoredMachine = {
  cpuCores: 2,
  memoryGi: 4,
  diskGb: 20,
  hostname: "found",
  storageClass: null,
  printableStatus: "Running",
  createdAt: null,
  managers: ["kubectl-edit"],
  owners: [],
  annotations: {},
  spec: { runStrategy: "Always" },
  forbidden: [],
};

/** A machine found in a cluster that waits for a decision, already read. */
export async function anAdoption(
  over: Partial<Prisma.PendingAdoptionUncheckedCreateInput> & { clusterId: string; namespace: string },
): Promise<string> {
  const id = newId();
  await db().pendingAdoption.create({
    data: {
      id,
      resourceName: `found-${id.slice(-8)}`,
      k8sUid: newId(),
      kind: "foreign",
      // Plain JSON by the type of StoredMachine.
      resourceSpec: machine as Prisma.InputJsonObject,
      labels: {},
      ...over,
    },
    select: { id: true },
  });
  return id;
}
