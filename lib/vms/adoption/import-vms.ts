import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { importLabels } from "./import-labels";
import { importVmJob } from "./jobs";
import { instanceIndex } from "./rules";
import type { ImportPayload, ImportVms } from "./schema";
import { lockService, requireNoObstacle, reserveIndexes, type LockedService } from "./store";

type StartedImport = { eventId: string; namespace: string; name: string };

/** As previewed, machine by machine: each has an event of its own, and a worker writes its labels. */
export function importVms(ctx: Context, input: ImportVms): Promise<{ imports: StartedImport[] }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await lockImports(tx, input.clusterId);
    const service = await lockService(tx, input.serviceId);
    await reserveInstances(tx, service, input.machines);
    const imports: StartedImport[] = [];
    for (const machine of input.machines) {
      imports.push(await startImport(tx, ctx, { ...machine, clusterId: input.clusterId, service }));
    }
    return { imports };
  });
}

/** One submission at a time per cluster, so that nobody imports what is being imported. */
async function lockImports(tx: Tx, clusterId: string): Promise<void> {
  const locked = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM clusters WHERE id = ${clusterId} FOR NO KEY UPDATE`;
  if (locked.length === 0) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });
}

/** The numbers that were shown must still be free; whoever comes second looks again. */
async function reserveInstances(
  tx: Tx,
  service: LockedService,
  machines: { instance: string }[],
): Promise<void> {
  const indexes = machines.map(({ instance }) => instanceIndex(instance) ?? 0);
  const isFree = new Set(indexes).size === indexes.length && Math.min(...indexes) >= service.nextIndex;
  const highest = Math.max(...indexes);
  // Numbers far away would be lost for the machines to come.
  if (!isFree || highest >= service.nextIndex + 100) throw new AppError("CONFLICT", { resource: "instance" });
  await reserveIndexes(tx, service.id, highest + 1);
}

interface ImportOrder {
  clusterId: string;
  service: LockedService;
  namespace: string;
  name: string;
  uid: string;
  fingerprint: string;
  instance: string;
}

async function startImport(tx: Tx, ctx: Context, order: ImportOrder): Promise<StartedImport> {
  const { service, ...machine } = order;
  const { clusterId, namespace, name, uid, instance } = machine;
  await requireNoObstacle(tx, clusterId, { namespace, name });
  await requireNotUnderWay(tx, clusterId, uid);
  const importedBy = actorId(ctx.actor);
  const labels = importLabels({
    systemName: service.systemName,
    serviceName: service.name,
    serviceId: service.id,
    instance,
    importedBy,
  });
  const payload: ImportPayload = { ...machine, serviceId: service.id, importedBy, labels };
  const eventId = await openEvent(tx, ctx, {
    type: "VM_IMPORT_REQUESTED",
    aggregate: { type: "cluster_import", id: clusterId },
    payload,
    status: "PROCESSING",
  });
  await enqueue(tx, importVmJob, { eventId });
  await recordAudit(tx, ctx, {
    action: "vm.import_submitted",
    resource: { type: "machine", id: uid, name },
    parent: { type: "service", id: service.id },
    details: { eventId, clusterId, namespace, labels },
  });
  return { eventId, namespace, name };
}

async function requireNotUnderWay(tx: Tx, clusterId: string, uid: string): Promise<void> {
  const running = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM domain_events
    WHERE aggregate_type = 'cluster_import' AND aggregate_id = ${clusterId} AND status = 'PROCESSING'
      AND payload ->> 'uid' = ${uid}`;
  if (running.length > 0) throw new AppError("CONFLICT", { resource: "import" });
}
