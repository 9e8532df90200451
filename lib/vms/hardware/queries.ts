import { Prisma } from "@/prisma/generated/client";
import { isPlatformAdmin, vmIsVisible } from "@/lib/access/visible";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hardware, type Hardware, type HardwareView } from "./schema";

interface Row {
  hardware: unknown;
  readAt: Date | null;
  isBehind: boolean;
  seesNames: boolean;
}

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

/** Disks and interfaces as the cluster had them when it was last asked; VM_NOT_FOUND for whoever may not see the VM. */
export async function readHardware(ctx: Context, vmId: string): Promise<HardwareView> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT l.hardware, CASE WHEN l.hardware IS NULL THEN NULL ELSE l.read_at END AS "readAt",
      (v.k8s_uid IS NOT NULL AND v.status <> 'NOT_FOUND' AND (l.hardware IS NULL OR l.generation = 0
        OR greatest(v.observed_at, v.status_since) > l.read_at)) AS "isBehind",
      ${isPlatformAdmin(ctx)} AS "seesNames"
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    LEFT JOIN vm_live_specs l ON l.vm_id = v.id
    WHERE v.id = ${vmId} AND ${vmIsVisible(ctx, columns)}`;
  const row = rows[0];
  if (row === undefined) throw new AppError("VM_NOT_FOUND");
  const read = hardware.nullable().catch(null).parse(row.hardware);
  return {
    hardware: read === null || row.seesNames ? read : withoutNames(read),
    readAt: row.readAt,
    isBehind: row.isBehind,
  };
}

function withoutNames(read: Hardware): Hardware {
  const disks = read.disks.map((disk) => ({
    ...disk,
    claim: disk.claim === null ? null : { ...disk.claim, name: null },
  }));
  return { ...read, disks };
}
