import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { channelMedia } from "../rules";
import { samples } from "../templates/samples";
import { awaitDelivery } from "./queries";
import type { TestChannel, TestResult } from "./schema";
import { openDelivery } from "./store";

/** Sends a sample there, also where the channel is still switched off. */
export async function testChannel(ctx: Context, { channelId }: TestChannel): Promise<{ deliveryId: string }> {
  const deliveryId = await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const channel = await tx.noticeChannel.findUnique({
      where: { id: channelId },
      select: { name: true, medium: true },
    });
    const medium = channelMedia.find((one) => one === channel?.medium);
    if (channel === null || medium === undefined)
      throw new AppError("RESOURCE_NOT_FOUND", { type: "notification_channel" });
    const id = await openDelivery(tx, { medium, channelId, purpose: "test", ...samples.APPROVAL_PENDING });
    await recordAudit(tx, ctx, {
      action: "notification_channel.test",
      resource: { type: "notification_channel", id: channelId, name: channel.name },
      details: { deliveryId: id },
    });
    return id;
  });
  return { deliveryId };
}

/** The same, and how it went; for a person who waits for it. */
export async function testChannelNow(ctx: Context, input: TestChannel): Promise<TestResult> {
  return awaitDelivery((await testChannel(ctx, input)).deliveryId);
}
