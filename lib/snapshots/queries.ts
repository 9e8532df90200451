import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { readVm } from "@/lib/vms/queries";
import { restoreMachine, snapshotMachine } from "./machine";
import { readAbility } from "./read-ability";
import { unknownSnapshot } from "./rules";

import type { SnapshotAbility, SnapshotFilter, SnapshotInput, SnapshotRow } from "./schema";

/** What was saved of a machine, newest first; VM_NOT_FOUND for whoever may not see it. */
export async function listSnapshots(ctx: Context, filter: SnapshotFilter): Promise<Page<SnapshotRow>> {
  const { vmId, perPage } = filter;
  await readVm(ctx, vmId);
  const after = readTimeCursor(filter.cursor);
  const rows = await db().vmSnapshot.findMany({
    where: {
      vmId,
      ...(after === null
        ? {}
        : { OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }] }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: perPage + 1,
  });
  const page = toPage(rows, perPage, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  const restores = await lastRestores(page.items.map(({ id }) => id));
  return { ...page, items: page.items.map((row) => asRow(row, restores)) };
}

/** One of them, for whoever may see its machine. */
export async function readSnapshot(ctx: Context, { snapshotId }: SnapshotInput): Promise<SnapshotRow> {
  const row = await db().vmSnapshot.findUnique({ where: { id: snapshotId } });
  if (row === null) throw unknownSnapshot();
  await readVm(ctx, row.vmId).catch(asUnknownSnapshot);
  return asRow(row, await lastRestores([row.id]));
}

/** Whether a machine can be saved where it is; the caller has read the VM. */
export async function readSnapshotAbility(ctx: Context, vmId: string): Promise<SnapshotAbility> {
  await readVm(ctx, vmId);
  return readAbility(db(), vmId);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof db>["vmSnapshot"]["findUnique"]>>>;
type Restores = Awaited<ReturnType<typeof lastRestores>>;

function lastRestores(snapshotIds: string[]) {
  return db().vmRestore.findMany({
    where: { snapshotId: { in: snapshotIds } },
    orderBy: [{ snapshotId: "asc" }, { createdAt: "desc" }],
    distinct: ["snapshotId"],
  });
}

function asRow(row: Row, restores: Restores): SnapshotRow {
  const { id, vmId, label, statusMessage, sizeGb, indications } = row;
  const { ticketId, createdByName, createdAt, readyAt } = row;
  const last = restores.find(({ snapshotId }) => snapshotId === id);
  return {
    ...{ id, vmId, label, statusMessage, sizeGb, indications, ticketId, createdByName, createdAt, readyAt },
    status: z.enum(snapshotMachine.states).parse(row.status),
    lastRestore: last === undefined ? null : asRestore(last),
  };
}

function asRestore(row: Restores[number]): NonNullable<SnapshotRow["lastRestore"]> {
  const { id, statusMessage, ticketId, createdByName, createdAt, completedAt } = row;
  const status = z.enum(restoreMachine.states).parse(row.status);
  return { id, status, statusMessage, ticketId, createdByName, createdAt, completedAt };
}

function asUnknownSnapshot(error: unknown): never {
  if (error instanceof AppError && error.status === 404) throw unknownSnapshot();
  throw error;
}
