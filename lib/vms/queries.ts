import { Prisma } from "@/prisma/generated/client";
import { authorize, isAuthorized } from "@/lib/access/authorize";
import { isPermitted, vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { readManifestJob } from "./jobs";
import { readPowerLimits } from "./power/queries";
import { vmManifest, type VmDetail, type VmRow } from "./schema";

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

const rowColumns = Prisma.sql`v.id, v.name, v.origin, v.namespace, n.environment, v.status,
  v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", s.system_id AS "systemId",
  y.name AS "systemName", s.id AS "serviceId", s.name AS "serviceName", c.name AS "clusterName", v.ip,
  v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi", v.disk_gb AS "diskGb",
  v.status_since AS "statusSince", v.observed_at AS "observedAt", v.created_at AS "createdAt"`;

const rowTables = Prisma.sql`vms v JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id
  JOIN namespaces n ON n.name = v.namespace JOIN clusters c ON c.id = v.cluster_id`;

/** One VM with the operation under way; VM_NOT_FOUND for whoever may not see it. */
export async function readVm(ctx: Context, vmId: string): Promise<VmDetail> {
  const rows = await db().$queryRaw<VmDetail[]>`
    SELECT ${rowColumns}, v.hostname, v.os_info AS "osInfo", t.display_name AS "templateName",
      CASE WHEN ${isPermitted(ctx, { permission: "cluster:read" })} THEN v.node END AS node,
      coalesce(l.protected, FALSE) AS "isProtected", l.expires_at AS "expiresAt",
      v.template_version AS "templateVersion", z.display_name AS "sizeName", v.storage_class AS "storageClass",
      v.restart_required AS "restartRequired", v.import_progress AS "importProgress", v.ticket_id AS "ticketId", u.display_name AS "createdByName",
      NOT EXISTS (SELECT 1 FROM cluster_reflectors r WHERE r.cluster_id = v.cluster_id AND r.kind = 'vm'
        AND r.connected AND r.lease_until > now() - interval '60 seconds') AS "clusterStale",
      CASE WHEN e.id IS NULL THEN NULL ELSE jsonb_build_object('eventId', e.id, 'eventType', e.event_type,
        'ticketId', (SELECT k.id FROM approval_tickets k WHERE k.event_id = e.id), 'steps', e.steps,
        'errorMessage', e.error_message, 'startedAt', e.started_at, 'attempt', e.attempt)
        END AS "activeOperation"
    FROM ${rowTables} LEFT JOIN templates t ON t.id = v.template_id
    LEFT JOIN instance_sizes z ON z.id = v.instance_size_id LEFT JOIN users u ON u.id = v.created_by
    LEFT JOIN domain_events e ON e.id = v.active_event_id LEFT JOIN vm_lifetimes l ON l.vm_id = v.id
    WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
  const vm = rows[0];
  if (vm === undefined) throw new AppError("VM_NOT_FOUND");
  return { ...vm, activeOperation: withDates(vm.activeOperation) };
}

/** JSON carries times as text. */
function withDates(operation: VmDetail["activeOperation"]): VmDetail["activeOperation"] {
  if (operation?.startedAt == null) return operation;
  return { ...operation, startedAt: new Date(operation.startedAt) };
}

/** What this person's standing allows on the VM, whatever its state: for buttons. */
export async function readVmAbilities(ctx: Context, vm: VmRow) {
  const scope = { systemId: vm.systemId, serviceId: vm.serviceId, vmId: vm.id, environment: vm.environment };
  const [limits, operate, remove, console, modify, administer] = await Promise.all([
    readPowerLimits(vm.id),
    isAuthorized(db(), ctx, "vm:operate", { ...scope, role: "member" }),
    isAuthorized(db(), ctx, "vm:delete", { ...scope, role: "admin" }),
    isAuthorized(db(), ctx, "vnc:access", { ...scope, role: "member" }),
    isAuthorized(db(), ctx, "vm:create", { ...scope, role: "member" }),
    isAuthorized(db(), ctx, "platform:admin"),
  ]);
  return { ...limits, operate, remove, console, modify, administer };
}

/** The live object's YAML, asked of a worker; platform administrators only. */
export async function readVmManifest(ctx: Context, vmId: string) {
  await authorize(db(), ctx, "platform:admin");
  const vm = await db().vm.findUnique({
    where: { id: vmId },
    select: { clusterId: true, namespace: true, name: true },
  });
  if (vm === null) throw new AppError("VM_NOT_FOUND");
  return askWorker(ctx, readManifestJob, { vmId, ...vm }, vmManifest);
}
