import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { redeliverJob } from "./jobs";
import type { Redeliver } from "./schema";

/**
 * What a desk was told once, or should have been, is told once more. The desk knows it by its ticket, so it stays one request.
 * @throws INVALID_STATE for what was not sent by the portal, or belongs to a request that is over
 */
export function sendAgain(ctx: Context, { deliveryId }: Redeliver): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const delivery = await tx.externalDelivery.findUnique({
      where: { id: deliveryId },
      include: { system: { select: { name: true } }, request: { select: { status: true } } },
    });
    if (delivery === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "external_delivery" });
    const isLive = delivery.request !== null && ["sending", "waiting"].includes(delivery.request.status);
    if (delivery.kind !== "push" || !isLive)
      throw new AppError("INVALID_STATE", {
        object: "external_delivery",
        state: delivery.request?.status ?? "",
      });
    await enqueue(tx, redeliverJob, { deliveryId });
    await recordAudit(tx, ctx, {
      action: "external_approval_system.redeliver",
      resource: {
        type: "external_approval_system",
        id: delivery.externalSystemId,
        name: delivery.system.name,
      },
      details: { deliveryId, ticketId: delivery.ticketId },
    });
  });
}
