import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { CalendarChange, UpdateWindow } from "./schema";
import { settleHeld } from "./settle-held";
import { lockWindow, requireRevision } from "./store";

/** What already waits gets its hour by the new times. */
export async function updateWindow(ctx: Context, input: UpdateWindow): Promise<CalendarChange> {
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      return change(tx, ctx, input);
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "taken");
    throw error;
  }
}

async function change(tx: Tx, ctx: Context, input: UpdateWindow): Promise<CalendarChange> {
  const { windowId: id, revision, ...fields } = input;
  const before = await lockWindow(tx, id);
  requireRevision(before, revision);
  await tx.changeWindow.update({
    where: { id },
    data: { ...fields, updatedBy: actorId(ctx.actor), revision: { increment: 1 } },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "change_window.update",
    resource: { type: "change_window", id, name: fields.name },
    environment: before.environment,
    details: { before, after: fields },
  });
  return { id, heldBack: await settleHeld(tx, ctx, before.environment) };
}
