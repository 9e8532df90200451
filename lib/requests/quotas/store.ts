import type { Tx } from "@/lib/core/transaction";
import { vmBlueprint } from "@/lib/vms/schema";
import { noDemand, noLimits, type Demand, type Limits } from "./schema";
import { demandOf, demandOfMachine } from "./rules";

export interface Room {
  systemId: string;
  environment: string;
}

interface Numbers {
  vms: number;
  cpuCores: { toNumber(): number };
  memoryGi: { toNumber(): number };
  diskGb: number;
  gpus: number;
}

export function amountsOf(row: Numbers): Demand {
  const { vms, diskGb, gpus } = row;
  return { vms, cpuCores: row.cpuCores.toNumber(), memoryGi: row.memoryGi.toNumber(), diskGb, gpus };
}

/** Whoever takes room stands in line here, so that the comparison and the taking are one. */
export async function lockUsage(tx: Tx, { systemId, environment }: Room): Promise<Demand> {
  await tx.$executeRaw`
    INSERT INTO quota_usages (system_id, environment) VALUES (${systemId}, ${environment}) ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<Demand[]>`
    SELECT used_vms AS vms, used_cpu_cores::float8 AS "cpuCores", used_memory_gi::float8 AS "memoryGi",
      used_disk_gb AS "diskGb", used_gpus AS gpus
    FROM quota_usages WHERE system_id = ${systemId} AND environment = ${environment} FOR UPDATE`;
  return rows[0] ?? noDemand;
}

export async function readLimits(
  tx: Tx,
  { systemId, environment }: Room,
): Promise<Limits & { revision: number }> {
  const quota = await tx.quota.findUnique({
    where: { systemId_environment: { systemId, environment } },
  });
  if (quota === null) return { ...noLimits, revision: 0 };
  return {
    vms: quota.vms,
    cpuCores: quota.cpuCores?.toNumber() ?? null,
    memoryGi: quota.memoryGi?.toNumber() ?? null,
    diskGb: quota.diskGb,
    gpus: quota.gpus,
    revision: quota.revision,
  };
}

/** The whole of a room's limits, counted up by one revision. */
export async function writeLimits(
  tx: Tx,
  room: Room,
  { limits, updatedBy }: { limits: Limits; updatedBy: string },
): Promise<void> {
  const { vms, cpuCores, memoryGi, diskGb, gpus } = limits;
  const set = { vms, cpuCores, memoryGi, diskGb, gpus, updatedBy };
  await tx.quota.upsert({
    where: { systemId_environment: room },
    create: { ...room, ...set },
    update: { ...set, revision: { increment: 1 } },
    select: { systemId: true },
  });
}

export interface MeasuredMachine extends Room {
  clusterId: string;
  ticketId: string | null;
  /** Neither being made, nor failed, nor on its way out. */
  isStanding: boolean;
  demand: Demand;
}

interface MachineRow extends Omit<MeasuredMachine, "demand"> {
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  blueprint: unknown;
}

/** What a machine holds by its own row; the row stays as it is until the transaction ends. */
export async function measureMachine(tx: Tx, vmId: string): Promise<MeasuredMachine | null> {
  const rows = await tx.$queryRaw<MachineRow[]>`
    SELECT s.system_id AS "systemId", n.environment, v.cluster_id AS "clusterId", v.ticket_id AS "ticketId",
      v.status NOT IN ('CREATING', 'FAILED', 'DELETING') AS "isStanding",
      v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi", v.disk_gb AS "diskGb", v.blueprint
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE v.id = ${vmId} FOR SHARE OF v`;
  return rows[0] === undefined ? null : { ...rows[0], demand: demandOfRow(rows[0]) };
}

/** What was requested here is known in full; of others the row says all there is. */
function demandOfRow({ cpuCores, memoryGi, diskGb, blueprint }: MachineRow): Demand {
  const known = vmBlueprint.safeParse(blueprint);
  if (known.success) return demandOf(known.data);
  return demandOfMachine({ cpuCores, memoryGi, diskGb, gpus: 0, passthroughDevices: 0 });
}
