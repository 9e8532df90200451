import { z } from "zod";
import type { Tx } from "@/lib/core/transaction";
import type { SizeHistoryRow } from "./schema";

const historyMax = 50;

interface RecordRow {
  id: string;
  action: string;
  at: Date;
  actorName: string | null;
  details: unknown;
}

/** A step: what the records say of a size, newest first. */
export async function readHistory(tx: Tx, sizeId: string): Promise<SizeHistoryRow[]> {
  const rows = await tx.$queryRaw<RecordRow[]>`
    SELECT id, action, created_at AS at, actor_name AS "actorName", details FROM audit_logs
    WHERE resource_type = 'instance_size' AND resource_id = ${sizeId} AND outcome = 'success'
    ORDER BY created_at DESC, id DESC LIMIT ${historyMax}`;
  return rows.map(({ details, ...row }) => ({ ...row, ...readDetails(details) }));
}

const members = z.record(z.string(), z.json()).catch({});
const detailShape = z.object({
  version: z.number().int().nullable().catch(null),
  before: members.optional(),
  after: members.optional(),
});

/** Records of other times may hold less; what they do not say is left out. */
function readDetails(details: unknown): Pick<SizeHistoryRow, "version" | "changes"> {
  const read = detailShape.safeParse(details);
  if (!read.success) return { version: null, changes: [] };
  const { version, before, after } = read.data;
  // A first version changed nothing.
  if (before === undefined || after === undefined) return { version, changes: [] };
  const changes = Object.keys(after).map((member) => ({
    member,
    before: before[member] ?? null,
    after: after[member] ?? null,
  }));
  return { version, changes };
}
