import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { readCertificates } from "../read-certificates";
import { hintOf } from "./rules";
import type { CreateChannel, CreatedChannel } from "./schema";
import { checkAddress, insertSecret, makeSigningKey } from "./store";

/** A place that many read. Its signing key is told once, to whoever made it. */
export async function createChannel(ctx: Context, input: CreateChannel): Promise<CreatedChannel> {
  checkAddress(input.address);
  const id = newId();
  const caCertificate = readCertificates(input.caCertificate);
  const signingKey = input.medium === "webhook" ? makeSigningKey() : null;
  const { address, ...settings } = input;
  const row = { ...settings, id, caCertificate, addressHint: hintOf(address), createdBy: actorId(ctx.actor) };
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await tx.noticeChannel.create({ data: row, select: { id: true } });
      await insertSecret(tx, { channelId: id, purpose: "address", value: address });
      if (signingKey !== null)
        await insertSecret(tx, { channelId: id, purpose: "signing", value: signingKey });
      const { name, medium, enabled, kinds, environments, systemIds, locale, addressHint } = row;
      await recordAudit(tx, ctx, {
        action: "notification_channel.create",
        resource: { type: "notification_channel", id, name },
        details: { medium, enabled, kinds, environments, systemIds, locale, place: addressHint },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name, secret: signingKey };
}
