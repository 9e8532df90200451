import { z } from "zod";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { channelMedia, deliveryLocales } from "../rules";

const emptyIsNull = (text: string | null) => (text === null || text.trim() === "" ? null : text);
const settings = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}]*$/u),
  enabled: z.boolean().default(false),
  /** None: every kind; the same for the other filters. */
  kinds: z.array(z.enum(notificationKinds)).max(notificationKinds.length).default([]),
  environments: z.array(z.string().max(64)).max(100).default([]),
  systemIds: z.array(z.string().max(64)).max(200).default([]),
  locale: z.enum(deliveryLocales).default("en"),
  caCertificate: z.string().max(65_536).nullable().default(null).transform(emptyIsNull),
};

export const createChannelInput = z.strictObject({
  ...settings,
  medium: z.enum(channelMedia),
  address: z.string().trim().min(1).max(2_000),
});
export const updateChannelInput = z.strictObject({
  ...settings,
  channelId: z.string(),
  /** Left out: the one that is kept. */
  address: z.string().trim().max(2_000).nullable().default(null).transform(emptyIsNull),
  version: z.coerce.number().int().min(1),
});
export const channelInput = z.strictObject({ channelId: z.string() });
export const rotateSecretInput = z.strictObject({
  channelId: z.string(),
  /** How long the former key signs beside the new one. */
  overlapHours: z.coerce.number().int().min(0).max(168).default(24),
});

const channelFields = {
  id: z.string(),
  name: z.string(),
  medium: z.enum(channelMedia),
  enabled: z.boolean(),
  kinds: z.array(z.enum(notificationKinds)),
  environments: z.array(z.string()),
  systemIds: z.array(z.string()),
  locale: z.enum(deliveryLocales),
  caCertificate: z.string().nullable(),
  addressHint: z.string(),
  signingKeySet: z.boolean(),
  /** Until when a former key still signs. */
  formerKeyUntil: z.date().nullable(),
  version: z.number(),
  updatedAt: z.date(),
  lastSentAt: z.date().nullable(),
  failedCount: z.number(),
};
export const channelRow = z.object(channelFields);
export const channelList = z.object({ items: z.array(channelRow) });
export const createdChannel = z.object({
  id: z.string(),
  name: z.string(),
  /** Told this once; null for chats, whose address is their password. */
  secret: z.string().nullable(),
});
export const rotatedSecret = z.object({ secret: z.string(), formerKeyUntil: z.date().nullable() });

export type CreateChannel = z.output<typeof createChannelInput>;
export type UpdateChannel = z.output<typeof updateChannelInput>;
export type ChannelInput = z.output<typeof channelInput>;
export type RotateSecret = z.output<typeof rotateSecretInput>;
export type ChannelRow = z.output<typeof channelRow>;
export type CreatedChannel = z.output<typeof createdChannel>;
export type RotatedSecret = z.output<typeof rotatedSecret>;
