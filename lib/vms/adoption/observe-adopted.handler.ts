import { readVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import type { VmObservation } from "@/lib/vms/observation";
import { observeVms } from "@/lib/vms/observe-vm";
import { projectObservation } from "@/lib/vms/project-observation";

/**
 * A machine at rest says nothing on the watch, and the instance of an imported one carries no label to watch it by: it is
 * read by name.
 */
export async function observeAdopted({ vmId }: { vmId: string }): Promise<void> {
  const vm = await db().vm.findUnique({
    where: { id: vmId },
    select: { clusterId: true, namespace: true, name: true, vmiUid: true },
  });
  if (vm === null) return;
  const client = await connectCluster(vm.clusterId);
  const machine = await readVirtualMachine(client, vm.namespace, vm.name);
  const instance = await readVirtualMachineInstance(client, vm.namespace, vm.name);
  await observeVms([
    ...(machine === null ? [] : [projectObservation.ofMachine(vm.clusterId, machine)]),
    ...(instance === null ? gone(vm) : [projectObservation.ofInstance(vm.clusterId, instance)]),
  ]);
}

/** The instance that was recorded runs no more. */
function gone(vm: {
  clusterId: string;
  namespace: string;
  name: string;
  vmiUid: string | null;
}): VmObservation[] {
  const { vmiUid: uid, ...place } = vm;
  if (uid === null) return [];
  return [
    { ...place, kind: "vmi", uid, resourceVersion: "", deleted: true, terminating: false, conditions: [] },
  ];
}
