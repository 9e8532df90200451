import { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readInstanceRoom, readVolumeClaim, type VolumeClaim } from "@/lib/adapters/kubevirt/modify-machines";
import { readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import type { LiveMachine } from "./live/rules";
import { projectMachine, rootClaimOf } from "./project-machine";
import type { ModifiedVm } from "./find-modified-vm";

const storageClasses = z
  .array(z.looseObject({ name: z.string(), allowVolumeExpansion: z.boolean() }))
  .catch([]);

/** The machine, its instance and its root disk as the cluster has them now; null when it is not there. */
export async function readMachine(client: ClusterClient, vm: ModifiedVm): Promise<LiveMachine | null> {
  // In this order the machine's word is never older than its instance.
  const room = await readInstanceRoom(client, vm.namespace, vm.name);
  const machine = await readVirtualMachine(client, vm.namespace, vm.name);
  if (machine === null) return null;
  const name = rootClaimOf(machine);
  const claim = name === null ? null : await readClaim(client, vm.namespace, name);
  const known = storageClasses.parse(vm.storageClasses).find((one) => one.name === claim?.storageClass);
  return projectMachine({
    machine,
    room,
    claim,
    isExpandable: known?.allowVolumeExpansion ?? null,
    expandsDisksLive: vm.enabledFeatures.includes("ExpandDisks"),
  });
}

/** An account that may not read claims loses the disk and keeps the rest. */
async function readClaim(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<VolumeClaim | null> {
  try {
    return await readVolumeClaim(client, namespace, name);
  } catch (error) {
    if (error instanceof ClusterFailure && error.status === 403) return null;
    throw error;
  }
}
