import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readCertificates } from "../read-certificates";
import { hintOf } from "./rules";
import type { UpdateChannel } from "./schema";
import { checkAddress, insertSecret, lockChannel } from "./store";

/** What goes there, and whether; an address that is left out stays. */
export async function updateChannel(ctx: Context, input: UpdateChannel): Promise<{ version: number }> {
  if (input.address !== null) checkAddress(input.address);
  const caCertificate = readCertificates(input.caCertificate);
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      const channel = await lockChannel(tx, input.channelId);
      if (channel.version !== input.version) throw new AppError("CONFLICT");
      const version = await writeSettings(tx, { ...input, caCertificate });
      if (input.address !== null) await replaceAddress(tx, channel.id, input.address);
      const { name, enabled, kinds, environments, systemIds, locale } = input;
      await recordAudit(tx, ctx, {
        action: "notification_channel.update",
        resource: { type: "notification_channel", id: channel.id, name },
        details: { enabled, kinds, environments, systemIds, locale, readdressed: input.address !== null },
      });
      return { version };
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
}

async function writeSettings(
  tx: Tx,
  { channelId, address, version, ...settings }: UpdateChannel,
): Promise<number> {
  const hint = address === null ? {} : { addressHint: hintOf(address) };
  await tx.noticeChannel.update({
    where: { id: channelId },
    data: { ...settings, ...hint, version: version + 1 },
    select: { id: true },
  });
  return version + 1;
}

async function replaceAddress(tx: Tx, channelId: string, value: string): Promise<void> {
  await tx.noticeChannelSecret.deleteMany({ where: { channelId, purpose: "address" } });
  await insertSecret(tx, { channelId, purpose: "address", value });
}
