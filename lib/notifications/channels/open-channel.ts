import { db } from "@/lib/core/db";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { channelMedia, deliveryLocales, type ChannelMedium, type DeliveryLocale } from "../rules";
import { z } from "zod";
import { channelBinding } from "./rules";

export interface OpenedChannel {
  name: string;
  medium: ChannelMedium;
  locale: DeliveryLocale;
  address: string;
  caCertificate: string | null;
  /** The newest first. */
  signingKeys: string[];
}

const known = z.object({ medium: z.enum(channelMedia), locale: z.enum(deliveryLocales) });

/** A channel with its address and keys; worker only. Null where it is gone, or switched off and this is no test. */
export async function openChannel(
  channelId: string,
  { evenDisabled }: { evenDisabled: boolean },
): Promise<OpenedChannel | null> {
  const row = await db().noticeChannel.findUnique({ where: { id: channelId } });
  if (row === null || !(row.enabled || evenDisabled)) return null;
  const secrets = await readSecrets(channelId);
  const address = secrets.find(({ purpose }) => purpose === "address");
  if (address === undefined) throw new Error(`channel ${channelId} has no address`);
  const { name, caCertificate } = row;
  const signingKeys = secrets.filter(({ purpose }) => purpose === "signing").map(({ value }) => value);
  return { ...known.parse(row), name, caCertificate, address: address.value, signingKeys };
}

async function readSecrets(channelId: string) {
  const rows = await db().$queryRaw<{ id: string; purpose: string; envelope: unknown }[]>`
    SELECT id, purpose, envelope FROM notice_channel_secrets
    WHERE channel_id = ${channelId} AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC, id DESC`;
  return Promise.all(
    rows.map(async ({ purpose, ...row }) => ({
      purpose,
      value: await openFor("cluster", envelope.parse(row.envelope), channelBinding(row.id)),
    })),
  );
}
