import type { z } from "zod";
import { logger } from "@/lib/core/logger";
import { newId } from "@/lib/core/ids";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import type { deliverNoticeJob } from "./jobs";
import { delayAfter } from "./rules";
import { sendDelivery } from "./send-delivery";
import { claimDelivery, finishDelivery, type Attempt, type Delivery } from "./store";

/**
 * One attempt. Whoever holds the delivery sends it; a worker that dies in between leaves it to the next, which sends
 * under the same Message-ID or delivery id, so that the other side can tell.
 */
export async function deliverNotice({
  deliveryId,
}: z.output<typeof deliverNoticeJob.payload>): Promise<void> {
  const holder = newId();
  const delivery = await claimDelivery(deliveryId, holder);
  if (delivery === null) return;
  await finishDelivery(deliveryId, holder, await attempt(delivery));
}

async function attempt(delivery: Delivery): Promise<Attempt> {
  try {
    const sending = await sendDelivery(delivery);
    if (!sending.isSent) return { status: "SKIPPED", outcome: sending.why };
    return { status: "SENT", outcome: "sent", responseCode: sending.responseCode };
  } catch (error) {
    if (!isOutsideFailure(error))
      logger("notices").error({ err: error, deliveryId: delivery.id }, "delivery failed");
    return judge(delivery, error);
  }
}

function judge({ purpose, attempts }: Delivery, error: unknown): Attempt {
  const failure = isOutsideFailure(error) ? error : null;
  const kind = failure?.kind ?? "unavailable";
  const retryAfterSeconds = failure?.retryAfterSeconds;
  const delaySeconds = delayAfter({ purpose, attempts, kind, retryAfterSeconds }, Math.random());
  const told = {
    outcome: failure === null ? "internal" : wordOf(failure),
    error: failure?.message ?? "something went wrong on our side",
    responseCode: failure === null ? null : codeOf(failure),
  };
  return delaySeconds === null ? { status: "FAILED", ...told } : { status: "PENDING", delaySeconds, ...told };
}

function wordOf(failure: object): string {
  return "reason" in failure && typeof failure.reason === "string" ? failure.reason : "answer";
}

function codeOf(failure: object): number | null {
  return "responseCode" in failure && typeof failure.responseCode === "number" ? failure.responseCode : null;
}
