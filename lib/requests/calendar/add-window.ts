import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { AddWindow, CalendarChange } from "./schema";
import { settleHeld } from "./settle-held";
import { requireEnvironment } from "./store";

/** From the first window on, approved work waits for one (spec §0.4: approve now, execute in the window). */
export async function addWindow(ctx: Context, input: AddWindow): Promise<CalendarChange> {
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await requireEnvironment(tx, input.environment);
      return write(tx, ctx, input);
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "taken");
    throw error;
  }
}

async function write(tx: Tx, ctx: Context, input: AddWindow): Promise<CalendarChange> {
  const id = newId();
  await tx.changeWindow.create({
    data: { id, ...input, updatedBy: actorId(ctx.actor) },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "change_window.update",
    resource: { type: "change_window", id, name: input.name },
    environment: input.environment,
    details: { before: null, after: input },
  });
  return { id, heldBack: await settleHeld(tx, ctx, input.environment) };
}
