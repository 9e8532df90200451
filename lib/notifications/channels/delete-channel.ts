import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { ChannelInput } from "./schema";
import { lockChannel } from "./store";

/** Its address, its keys and its log go with it; what was not yet sent is not sent. */
export async function deleteChannel(ctx: Context, { channelId }: ChannelInput): Promise<void> {
  await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { id, name, medium } = await lockChannel(tx, channelId);
    await tx.noticeChannel.delete({ where: { id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "notification_channel.delete",
      resource: { type: "notification_channel", id, name },
      details: { medium },
    });
  });
}
