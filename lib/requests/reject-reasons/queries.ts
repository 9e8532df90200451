import { z } from "zod";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { reasonSubjects, type RejectReasonRow } from "./schema";

const columns = { id: true, about: true, position: true, textEn: true, textZh: true, enabled: true };
const inOrder = [{ position: "asc" }, { id: "asc" }] as const;

/** What approvers may pick from, as it is offered now. */
export async function listOfferedReasons(): Promise<RejectReasonRow[]> {
  const rows = await db().rejectReason.findMany({
    where: { enabled: true },
    orderBy: [...inOrder],
    select: columns,
  });
  return rows.map(typed);
}

/** For whoever keeps them: those that are switched off too. */
export async function listRejectReasons(ctx: Context): Promise<RejectReasonRow[]> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().rejectReason.findMany({ orderBy: [...inOrder], select: columns });
  return rows.map(typed);
}

/** The database checks the word. */
function typed(row: Omit<RejectReasonRow, "about"> & { about: string }): RejectReasonRow {
  return { ...row, about: z.enum(reasonSubjects).parse(row.about) };
}
