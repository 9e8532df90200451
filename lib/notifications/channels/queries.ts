import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { channelRow, type ChannelRow } from "./schema";

const channelsMax = 200;

/** Every channel with how it went lately; addresses and keys stay sealed. */
export async function listChannels(ctx: Context): Promise<{ items: ChannelRow[] }> {
  await authorize(db(), ctx, "platform:admin");
  return { items: await readChannels(Prisma.sql`TRUE`) };
}

export async function readChannel(ctx: Context, channelId: string): Promise<ChannelRow> {
  await authorize(db(), ctx, "platform:admin");
  const [channel] = await readChannels(Prisma.sql`c.id = ${channelId}`);
  if (channel === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "notification_channel" });
  return channel;
}

async function readChannels(which: Prisma.Sql): Promise<ChannelRow[]> {
  const rows = await db().$queryRaw`
    SELECT c.id, c.name, c.medium, c.enabled, c.kinds, c.environments, c.system_ids AS "systemIds", c.locale,
      c.ca_certificate AS "caCertificate", c.address_hint AS "addressHint", c.version, c.updated_at AS "updatedAt",
      EXISTS (SELECT FROM notice_channel_secrets s WHERE s.channel_id = c.id AND s.purpose = 'signing')
        AS "signingKeySet",
      (SELECT max(s.expires_at) FROM notice_channel_secrets s WHERE s.channel_id = c.id AND s.expires_at > now())
        AS "formerKeyUntil",
      (SELECT max(d.sent_at) FROM notice_deliveries d WHERE d.channel_id = c.id) AS "lastSentAt",
      (SELECT count(*)::int FROM notice_deliveries d WHERE d.channel_id = c.id AND d.status = 'FAILED'
        AND d.created_at > now() - interval '1 day') AS "failedCount"
    FROM notice_channels c WHERE ${which} ORDER BY c.name LIMIT ${channelsMax}`;
  return z.array(channelRow).parse(rows);
}

export interface ChannelChoices {
  environments: { name: string; displayName: string }[];
  systems: { id: string; name: string }[];
}

/** What a channel's filters can name. */
export async function readChannelChoices(ctx: Context): Promise<ChannelChoices> {
  await authorize(db(), ctx, "platform:admin");
  const [environments, systems] = await Promise.all([
    db().environment.findMany({ orderBy: { sortOrder: "asc" }, select: { name: true, displayName: true } }),
    db().system.findMany({ orderBy: { name: "asc" }, select: { id: true, name: true }, take: 500 }),
  ]);
  return { environments, systems };
}
