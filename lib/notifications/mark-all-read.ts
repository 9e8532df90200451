import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";

export async function markAllRead(ctx: Context): Promise<{ marked: number }> {
  const { count } = await db().notification.updateMany({
    where: { recipientId: actorId(ctx.actor), read: false },
    data: { read: true, readAt: ctx.now },
  });
  return { marked: count };
}
