import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireSession, revokeOpenFeed } from "./store";

/** Calendar programs that have the address read nothing more. */
export function revokeFeed(ctx: Context): Promise<void> {
  return inTransaction(async (tx) => {
    const { id: userId, username } = requireSession(ctx);
    if (!(await revokeOpenFeed(tx, ctx, userId))) throw new AppError("RESOURCE_NOT_FOUND");
    await recordAudit(tx, ctx, {
      action: "calendar.feed",
      resource: { type: "calendar_feed", id: userId, name: username },
      details: { change: "closed" },
    });
  });
}
