import { randomBytes } from "node:crypto";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { hashFeedToken, requireSession, revokeOpenFeed } from "./store";

/** An address for a calendar program, told once; whatever address there was before ends with it. */
export function issueFeed(ctx: Context): Promise<{ path: string }> {
  return inTransaction(async (tx) => {
    const { id: userId, username } = requireSession(ctx);
    const rotated = await revokeOpenFeed(tx, ctx, userId);
    const token = randomBytes(32).toString("base64url");
    const id = newId();
    await tx.calendarFeed.create({
      data: { id, userId, tokenHash: hashFeedToken(token) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "calendar.feed",
      resource: { type: "calendar_feed", id, name: username },
      details: { change: rotated ? "rotated" : "opened" },
    });
    return { path: `/api/calendar/${token}.ics` };
  });
}
