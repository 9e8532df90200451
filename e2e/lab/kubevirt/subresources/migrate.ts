import type { Answer } from "../call";
import { createAs } from "../commit";
import { internalError } from "../failures";
import { objectAt } from "../json";
import { conditionOf, instanceOf, phaseOf } from "../controllers/machine-facts";
import { isUnderWay, migrationsOf } from "../controllers/migrations";
import type { Action } from "./actions";
import { accepted, machineConflict, requireMachine } from "./actions";

const webhook = 'admission webhook "migration-create-validator.kubevirt.io" denied the request';

/** Asks for a live migration by creating the object that stands for it. */
export function migrateMachine(action: Action): Answer {
  const vm = requireMachine(action);
  const { name, namespace = "default" } = vm.metadata;
  const instance = instanceOf(action.cluster, vm);
  if (phaseOf(instance) !== "Running") throw machineConflict(name, "VM is not running");
  const migratable = conditionOf(instance, "LiveMigratable");
  if (migratable?.status === "False") {
    const { reason = "", message = "" } = migratable;
    throw internalError(`${webhook}: Cannot migrate VMI, Reason: ${reason}, Message: ${message}`);
  }
  const active = migrationsOf(action.cluster, namespace, name).find(isUnderWay);
  if (active) {
    const job = `Active migration job (${active.metadata.uid}) is currently already in progress for VMI ${name}.`;
    throw internalError(`${webhook}: in-flight migration detected. ${job}`);
  }
  if (action.isDryRun) return accepted;
  const suffix = Math.random().toString(36).slice(2, 7).padEnd(5, "0");
  const selector = objectAt(action.options, "addedNodeSelector");
  createAs(action.cluster, "virt-api", {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachineInstanceMigration",
    metadata: { name: `kubevirt-migrate-vm-${suffix}`, namespace, labels: { "kubevirt.io/vmi-name": name } },
    spec: { vmiName: name, ...(Object.keys(selector).length > 0 && { addedNodeSelector: selector }) },
  });
  return accepted;
}
