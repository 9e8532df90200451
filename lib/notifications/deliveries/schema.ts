import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { templateNames } from "../templates/schema";
import { deliveryLocales, media } from "../rules";
import { deliveryStates, purposes } from "./rules";

export const deliveryFilter = pageQuery.extend({
  status: z.enum(deliveryStates).optional(),
  medium: z.enum(media).optional(),
  channelId: z.string().max(64).optional(),
});

export const deliveryRow = z.object({
  id: z.string(),
  medium: z.enum(media),
  channelId: z.string().nullable(),
  /** The channel's name, or the person's. */
  place: z.string(),
  purpose: z.enum(purposes),
  type: z.enum(notificationKinds),
  status: z.enum(deliveryStates),
  attempts: z.number(),
  outcome: z.string().nullable(),
  lastError: z.string().nullable(),
  responseCode: z.number().nullable(),
  createdAt: z.date(),
  nextAt: z.date(),
  sentAt: z.date().nullable(),
  redeliveryOf: z.string().nullable(),
});
export const deliveryPage = pageOf(deliveryRow);

export const retryDeliveryInput = z.strictObject({ deliveryId: z.string() });
export const openedDelivery = z.object({ deliveryId: z.string() });

export const testChannelInput = z.strictObject({ channelId: z.string() });
export const testMailInput = z.strictObject({
  name: z.enum(templateNames).exclude(["DIGEST"]).default("APPROVAL_PENDING"),
  locale: z.enum(deliveryLocales).optional(),
});
/** How a test went; PENDING where no worker took it in time. */
export interface TestResult {
  deliveryId: string;
  status: (typeof deliveryStates)[number];
  outcome: string | null;
  error: string | null;
  responseCode: number | null;
}

export type DeliveryFilter = z.output<typeof deliveryFilter>;
export type DeliveryRow = z.output<typeof deliveryRow>;
export type RetryDelivery = z.output<typeof retryDeliveryInput>;
export type TestChannel = z.output<typeof testChannelInput>;
export type TestMail = z.output<typeof testMailInput>;
