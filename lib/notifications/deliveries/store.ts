import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import type { NoticeParams } from "../labels";
import { media, type Medium } from "../rules";
import { deliverNoticeJob } from "./jobs";
import { purposes } from "./rules";

/** Longer than the longest attempt, so that no second one begins beside it. */
const leaseSeconds = 120;

const claimed = z.object({
  id: z.string(),
  medium: z.enum(media),
  channelId: z.string().nullable(),
  recipientId: z.string().nullable(),
  purpose: z.enum(purposes),
  type: z.enum(notificationKinds),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  ticketId: z.string().nullable(),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  systemId: z.string().nullable(),
  environment: z.string().nullable(),
  attempts: z.number(),
  createdAt: z.date(),
});
export type Delivery = z.output<typeof claimed>;

/** One attempt's hold on a delivery; null when somebody else has it, or it is over, or not yet due. */
export async function claimDelivery(deliveryId: string, holder: string): Promise<Delivery | null> {
  const rows = await db().$queryRaw`
    UPDATE notice_deliveries SET attempts = attempts + 1, holder = ${holder},
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${deliveryId} AND status = 'PENDING' AND next_at <= now()
      AND (lease_until IS NULL OR lease_until <= now())
    RETURNING id, medium, channel_id AS "channelId", recipient_id AS "recipientId", purpose, type, params,
      ticket_id AS "ticketId", resource_type AS "resourceType", resource_id AS "resourceId",
      system_id AS "systemId", environment, attempts, created_at AS "createdAt"`;
  return z.array(claimed).parse(rows)[0] ?? null;
}

export interface Attempt {
  status: "SENT" | "FAILED" | "SKIPPED" | "PENDING";
  /** A word for the screen. */
  outcome: string;
  error?: string;
  responseCode?: number | null;
  /** Of a PENDING one: when it is tried again. */
  delaySeconds?: number;
}

/** Writes what came of an attempt, while it still holds the delivery. */
export async function finishDelivery(deliveryId: string, holder: string, attempt: Attempt): Promise<boolean> {
  const moved = await db().$executeRaw`
    UPDATE notice_deliveries SET status = ${attempt.status}, outcome = ${attempt.outcome},
      last_error = ${attempt.error?.slice(0, 300) ?? null}, response_code = ${attempt.responseCode ?? null},
      sent_at = CASE WHEN ${attempt.status} = 'SENT' THEN now() END,
      next_at = now() + make_interval(secs => ${attempt.delaySeconds ?? 0}), holder = NULL, lease_until = NULL
    WHERE id = ${deliveryId} AND holder = ${holder} AND status = 'PENDING'`;
  return moved > 0;
}

export interface NewDelivery {
  medium: Medium;
  channelId?: string;
  recipientId?: string;
  purpose: "notice" | "digest" | "test";
  type: string;
  params: NoticeParams;
  ticketId?: string | null;
  resourceType?: string | null;
  resourceId?: string | null;
  systemId?: string | null;
  environment?: string | null;
  notificationId?: string | null;
  redeliveryOf?: string;
}

/** A step: one more delivery and the job that sends it. */
export async function openDelivery(tx: Tx, delivery: NewDelivery): Promise<string> {
  const id = newId();
  await tx.noticeDelivery.create({
    // Flat scalars only, by the type of NewDelivery.
    data: { ...delivery, id, params: delivery.params as Prisma.InputJsonObject },
    select: { id: true },
  });
  await enqueue(tx, deliverNoticeJob, { deliveryId: id });
  return id;
}
