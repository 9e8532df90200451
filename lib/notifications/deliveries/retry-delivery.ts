import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { NoticeParams } from "../labels";
import { media } from "../rules";
import { purposes } from "./rules";
import type { RetryDelivery } from "./schema";
import { openDelivery } from "./store";

/** Sends the same once more, as a delivery of its own that names the first. */
export async function retryDelivery(
  ctx: Context,
  { deliveryId }: RetryDelivery,
): Promise<{ deliveryId: string }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const former = await tx.noticeDelivery.findUnique({ where: { id: deliveryId } });
    const medium = media.find((one) => one === former?.medium);
    const purpose = purposes.find((one) => one === former?.purpose);
    if (former === null || medium === undefined || purpose === undefined)
      throw new AppError("RESOURCE_NOT_FOUND", { type: "notice_delivery" });
    if (former.status === "PENDING")
      throw new AppError("INVALID_STATE", { object: "delivery", move: "redeliver" });
    const id = await openDelivery(tx, {
      ...{ medium, purpose, type: former.type, redeliveryOf: former.id },
      ...(former.channelId === null ? {} : { channelId: former.channelId }),
      ...(former.recipientId === null ? {} : { recipientId: former.recipientId }),
      ...{ notificationId: former.notificationId, ticketId: former.ticketId, systemId: former.systemId },
      ...{
        resourceType: former.resourceType,
        resourceId: former.resourceId,
        environment: former.environment,
      },
      // Rows are written with flat scalars alone.
      params: former.params as NoticeParams,
    });
    await recordAudit(tx, ctx, {
      action: "notification_channel.redeliver",
      resource: { type: "notice_delivery", id: deliveryId },
      details: { deliveryId: id, medium },
    });
    return { deliveryId: id };
  });
}
