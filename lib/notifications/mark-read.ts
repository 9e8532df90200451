import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { MarkRead } from "./schema";

/** One's own entries only; reading is not an act that the audit log keeps. */
export async function markRead(ctx: Context, input: MarkRead): Promise<void> {
  const { count } = await db().notification.updateMany({
    where: { id: input.notificationId, recipientId: actorId(ctx.actor) },
    data: { read: true, readAt: ctx.now },
  });
  if (count === 0) throw new AppError("RESOURCE_NOT_FOUND");
}
