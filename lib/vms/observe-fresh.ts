import { readVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { projectObservation } from "./project-observation";
import type { Outcome } from "@/lib/core/run-event";
import { observeVms } from "./observe-vm";
import type { OperatedVm } from "./read-operated-vm";

/**
 * The applied object is read again by name, in case the watch missed its end. The observation itself closes the event;
 * what is left to do is to rest until the next look.
 */
export async function observeFresh(vm: OperatedVm, recheckSeconds: number): Promise<Outcome> {
  const client = await connectCluster(vm.clusterId);
  // In this order the machine's word is never older than its instance.
  const instance = await readVirtualMachineInstance(client, vm.namespace, vm.name);
  const machine = await readVirtualMachine(client, vm.namespace, vm.name);
  await observeVms([
    ...(instance === null ? [] : [projectObservation.ofInstance(vm.clusterId, instance)]),
    ...(machine === null
      ? []
      : [{ ...projectObservation.ofMachine(vm.clusterId, machine), isFresh: true as const }]),
  ]);
  return { kind: "waiting", recheckSeconds, steps: [] };
}
