import type { Tx } from "@/lib/core/transaction";
import { AppError } from "@/lib/core/errors";
import type { VmState } from "../machine";
import { vmBlueprint, type VmBlueprint } from "../schema";

/** A machine whose settings are read or changed, with what its cluster can do. */
export interface ModifiedVm {
  id: string;
  name: string;
  namespace: string;
  environment: string;
  origin: string;
  status: VmState;
  clusterId: string;
  k8sUid: string | null;
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  templateId: string | null;
  templateVersion: number | null;
  instanceSizeId: string | null;
  activeEventId: string | null;
  storageClasses: unknown;
  enabledFeatures: string[];
  /** Null for a machine that was not made here. */
  blueprint: VmBlueprint | null;
}

export async function findModifiedVm(tx: Tx, vmId: string): Promise<ModifiedVm | null> {
  const rows = await tx.$queryRaw<(Omit<ModifiedVm, "blueprint"> & { blueprint: unknown })[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.origin, v.status, v.cluster_id AS "clusterId",
      v.k8s_uid AS "k8sUid", v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi",
      v.disk_gb AS "diskGb", v.template_id AS "templateId", v.template_version AS "templateVersion",
      v.instance_size_id AS "instanceSizeId", v.active_event_id AS "activeEventId", v.blueprint,
      c.storage_classes AS "storageClasses", c.enabled_features AS "enabledFeatures"
    FROM vms v JOIN clusters c ON c.id = v.cluster_id JOIN namespaces n ON n.name = v.namespace
    WHERE v.id = ${vmId}`;
  const row = rows[0];
  if (row === undefined) return null;
  return { ...row, blueprint: vmBlueprint.nullable().catch(null).parse(row.blueprint) };
}

export async function readModifiedVm(tx: Tx, vmId: string): Promise<ModifiedVm> {
  const vm = await findModifiedVm(tx, vmId);
  if (vm === null) throw new AppError("VM_NOT_FOUND");
  return vm;
}
