import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readVm } from "../queries";
import { unpackSettings } from "./record-revision";
import { compareSettings } from "./settings/rules";
import {
  drift,
  revisionDiffRow,
  revisionKinds,
  settings,
  type LiveSpec,
  type RevisionDiffRow,
  type RevisionRow,
  type Settings,
} from "./schema";

const revisionsMax = 200;

/** What a machine has been, newest first; VM_NOT_FOUND for whoever may not see it. */
export async function listRevisions(ctx: Context, vmId: string): Promise<RevisionRow[]> {
  await readVm(ctx, vmId);
  const rows = await db().vmRevision.findMany({
    where: { vmId },
    orderBy: { revision: "desc" },
    take: revisionsMax,
    omit: { specSnapshot: true },
  });
  return rows.map(({ revision, kind, changeReason, diff, ticketId, actorName, createdAt }) => ({
    revision,
    kind: z.enum(revisionKinds).parse(kind),
    changeReason,
    diff: z.array(revisionDiffRow).parse(diff),
    ticketId,
    actorName,
    createdAt,
  }));
}

/** Field by field, what differs between two revisions. */
export async function compareRevisions(
  ctx: Context,
  { vmId, from, to }: { vmId: string; from: number; to: number },
): Promise<RevisionDiffRow[]> {
  await readVm(ctx, vmId);
  return compareSettings(await readSettings(vmId, from), await readSettings(vmId, to));
}

async function readSettings(vmId: string, revision: number): Promise<Settings> {
  const row = await db().vmRevision.findUnique({
    where: { vmId_revision: { vmId, revision } },
    select: { specSnapshot: true },
  });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "revision" });
  return unpackSettings(row.specSnapshot);
}

/** What the cluster had of a machine when it was last read; null where nobody has read it. The caller has read the VM. */
export async function readLiveSpec(ctx: Context, vmId: string): Promise<LiveSpec | null> {
  await readVm(ctx, vmId);
  const row = await db().vmLiveSpec.findUnique({ where: { vmId } });
  if (row === null) return null;
  return {
    facts: settings.parse(row.facts),
    readAt: row.readAt,
    drift: drift.nullable().parse(row.drift),
    driftSince: row.driftSince,
  };
}

/** The clusters whose machines are compared with what is wanted. */
export async function listComparedClusters(): Promise<{ clusterId: string }[]> {
  return db().$queryRaw<{ clusterId: string }[]>`
    SELECT c.id AS "clusterId" FROM clusters c
    WHERE c.enabled AND c.status = 'HEALTHY' AND EXISTS (SELECT 1 FROM vms v WHERE v.cluster_id = c.id)`;
}
