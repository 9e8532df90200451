import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { extendableDays, type LifetimeLimits } from "./rules";

export interface LockedLifetime {
  vmId: string;
  vmName: string;
  vmStatus: string;
  environment: string;
  systemId: string;
  serviceId: string;
  createdBy: string;
  expiresAt: Date | null;
  state: string;
  noticedDays: number | null;
  graceEndsAt: Date | null;
  extensions: number;
  protected: boolean;
  longestDays: number | null;
  graceDays: number;
}

/** A machine with its life, under the machine's lock, so that an extension and an end exclude each other. */
export async function lockLifetime(tx: Tx, vmId: string): Promise<LockedLifetime> {
  await tx.$queryRaw`SELECT 1 FROM vms WHERE id = ${vmId} FOR UPDATE`;
  const rows = await tx.$queryRaw<LockedLifetime[]>`
    SELECT v.id AS "vmId", v.name AS "vmName", v.status AS "vmStatus", n.environment, s.system_id AS "systemId",
      v.service_id AS "serviceId", v.created_by AS "createdBy", l.expires_at AS "expiresAt",
      coalesce(l.state, 'running') AS state, l.noticed_days AS "noticedDays", l.grace_ends_at AS "graceEndsAt",
      coalesce(l.extensions, 0) AS extensions, coalesce(l.protected, false) AS protected,
      e.longest_days AS "longestDays", coalesce(e.grace_days, 7) AS "graceDays"
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    LEFT JOIN vm_lifetimes l ON l.vm_id = v.id LEFT JOIN environment_lifetimes e ON e.environment = n.environment
    WHERE v.id = ${vmId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

export async function readLimits(tx: Tx, environment: string): Promise<LifetimeLimits> {
  const row = await tx.environmentLifetime.findUnique({
    where: { environment },
    select: { defaultDays: true, longestDays: true },
  });
  return row ?? { defaultDays: null, longestDays: null };
}

/** By how many days one click extends it now, and how often that is still given. */
export async function readExtendable(
  tx: Tx,
  now: Date,
  life: Pick<LockedLifetime, "expiresAt" | "extensions" | "longestDays">,
): Promise<{ days: number | null; left: number }> {
  const extensionsMax = await readSetting(tx, "lifetime.extensions_max");
  const extensionDaysMax = await readSetting(tx, "lifetime.extension_days_max");
  const left = Math.max(0, extensionsMax - life.extensions);
  if (life.expiresAt === null) return { days: null, left };
  const { expiresAt, extensions, longestDays } = life;
  return {
    days: extendableDays({ now, expiresAt, extensions, longestDays, extensionsMax, extensionDaysMax }),
    left,
  };
}

/** What is protected is not deleted, whoever asks and whatever was approved. */
export async function requireUnprotected(tx: Tx, vmId: string): Promise<void> {
  const kept = await tx.vmLifetime.findFirst({ where: { vmId, protected: true }, select: { vmId: true } });
  if (kept !== null) throw new AppError("DELETION_PROTECTED", { vmId });
}

export async function listWatchers(
  tx: Tx,
  life: Pick<LockedLifetime, "systemId" | "createdBy">,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM users u WHERE u.id = ${life.createdBy}
    UNION SELECT m.user_id FROM resource_role_bindings m WHERE m.resource_type = 'system'
      AND m.resource_id = ${life.systemId} AND m.role IN ('owner', 'admin')
      AND (m.expires_at IS NULL OR m.expires_at > now()) LIMIT 100`;
  return rows.map(({ id }) => id);
}
