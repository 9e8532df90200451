import { z } from "zod";
import { isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { hideSecrets } from "@/lib/vms/cloud-init/rules";
import { modificationWish, planRow, settings, type Settings } from "@/lib/vms/modification/schema";
import { settingsOf } from "@/lib/vms/modification/settings/rules";
import { readVm } from "@/lib/vms/queries";
import { vmBlueprint, type VmDetail } from "@/lib/vms/schema";
import { readThreeWay } from "../modification/read-three-way";
import { rowsOf, type ChangeFacts } from "./rules";
import type { Configuration } from "./schema";

/** Older changes are found in the revisions. */
const changesMax = 50;

/** What a machine is made of, as it was asked, decided and is; VM_NOT_FOUND for whoever may not see it. */
export async function readConfiguration(ctx: Context, vmId: string): Promise<Configuration> {
  const vm = await readVm(ctx, vmId);
  const [kept, changes, firstAsked, seesCloudInit] = await Promise.all([
    readKept(vmId),
    listChanges(vmId),
    readFirstAsked(ctx, vm.ticketId),
    isAuthorized(db(), ctx, "vm:operate", { ...scopeOf(vm), role: "admin" }),
  ]);
  const { instanceSizeId: _, ...approved } = settingsOf({ ...vm, instanceSizeId: null, ...kept });
  const rows = rowsOf({
    firstAsked,
    approved,
    live: kept.live,
    changes,
    restartRequired: vm.restartRequired,
    runningSince: vm.status === "RUNNING" ? vm.statusSince : null,
  });
  const cloudInit = seesCloudInit && kept.blueprint !== null ? hideSecrets(kept.blueprint.cloudInit) : null;
  const { liveAt, revision } = kept;
  return { rows, liveAt, restartRequired: vm.restartRequired, revision, cloudInit, seesCloudInit };
}

function scopeOf(vm: VmDetail) {
  const { systemId, serviceId, environment } = vm;
  return { systemId, serviceId, environment, vmId: vm.id };
}

interface KeptRow {
  blueprint: unknown;
  facts: unknown;
  liveAt: Date | null;
  revision: number;
}

async function readKept(vmId: string) {
  const rows = await db().$queryRaw<KeptRow[]>`
    SELECT v.blueprint, l.facts, l.read_at AS "liveAt",
      (SELECT coalesce(max(r.revision), 0)::int FROM vm_revisions r WHERE r.vm_id = v.id) AS revision
    FROM vms v LEFT JOIN vm_live_specs l ON l.vm_id = v.id WHERE v.id = ${vmId}`;
  const row = rows[0];
  if (row === undefined) throw new AppError("VM_NOT_FOUND");
  return {
    blueprint: vmBlueprint.nullable().catch(null).parse(row.blueprint),
    live: settings.catch({}).parse(row.facts ?? {}),
    liveAt: row.liveAt,
    revision: row.revision,
  };
}

interface ChangeRow extends Omit<ChangeFacts, "asked" | "decided" | "applied"> {
  asked: unknown;
  decided: unknown;
  applied: unknown;
}

const wish = modificationWish.nullable().catch(null);
const applied = z.array(planRow).catch([]);

async function listChanges(vmId: string): Promise<ChangeFacts[]> {
  const rows = await db().$queryRaw<ChangeRow[]>`
    SELECT t.id AS "ticketId", t.status, t.held_until AS "heldUntil", e.payload -> 'wish' AS asked,
      t.modified_spec AS decided, m.applied, e.processed_at AS "appliedAt"
    FROM approval_tickets t JOIN domain_events e ON e.id = t.event_id
    LEFT JOIN vm_modifications m ON m.event_id = e.id
    WHERE t.resource_type = 'vm' AND t.resource_id = ${vmId} AND t.operation = 'MODIFY_VM'
      AND t.status IN ('PENDING', 'APPROVED', 'EXECUTING', 'SUCCESS')
    ORDER BY t.created_at DESC LIMIT ${changesMax}`;
  return rows.map((row) => ({
    ...row,
    asked: wish.parse(row.asked),
    decided: wish.parse(row.decided),
    applied: applied.parse(row.applied ?? []),
  }));
}

/** Not everybody who sees a machine sees the request that made it. */
async function readFirstAsked(ctx: Context, ticketId: string | null): Promise<Settings> {
  if (ticketId === null) return {};
  try {
    const { rows } = await readThreeWay(ctx, ticketId);
    return Object.fromEntries(rows.map(({ path, asked }) => [path, asked]));
  } catch (error) {
    if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND") return {};
    throw error;
  }
}
