import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { AppError } from "@/lib/core/errors";
import { labelPrefix, managedBy } from "@/lib/vms/render-vm";
import type { SnapshotOrder } from "./store";

/** What our objects in a cluster carry. */
export function labelsOf({ ticketId }: { ticketId: string }): Record<string, string> {
  return { [`${labelPrefix}/managed-by`]: managedBy, [`${labelPrefix}/ticket-id`]: ticketId };
}

/** A name that exists is ours by label and ticket, or somebody else's: then we stop and say whose (spec §0.12). */
export function requireOurs(
  { labels }: { labels: Record<string, string> },
  { name, namespace, ticketId }: { name: string; namespace: string; ticketId: string },
): void {
  const isOurs = Object.entries(labelsOf({ ticketId })).every(([key, value]) => labels[key] === value);
  if (isOurs) return;
  throw new AppError("FOREIGN_OBJECT", {
    name,
    namespace,
    managedBy: labels[`${labelPrefix}/managed-by`] ?? labels["app.kubernetes.io/managed-by"] ?? "unknown",
    ticketId: labels[`${labelPrefix}/ticket-id`] ?? null,
  });
}

/** The cluster takes whatever stands under the name, and waits for what does not stand at all. */
export async function requireMachine(
  client: ClusterClient,
  { namespace, vmName, vmUid }: Pick<SnapshotOrder, "namespace" | "vmName" | "vmUid">,
): Promise<{ isStopped: boolean }> {
  const machine = await readVirtualMachine(client, namespace, vmName);
  if (machine === null) throw new AppError("VM_NOT_FOUND", { message: "the cluster has no such machine" });
  if (vmUid === null || machine.metadata.uid !== vmUid)
    throw new AppError("FOREIGN_OBJECT", { name: vmName, namespace });
  return { isStopped: machine.status?.printableStatus === "Stopped" };
}
