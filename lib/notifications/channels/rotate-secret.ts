import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RotatedSecret, RotateSecret } from "./schema";
import { insertSecret, lockChannel, makeSigningKey } from "./store";

/** A new signing key, told once. The former one signs beside it for a while, so that no receiver misses a message. */
export async function rotateSecret(
  ctx: Context,
  { channelId, overlapHours }: RotateSecret,
): Promise<RotatedSecret> {
  const signingKey = makeSigningKey();
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { id, name, medium, version } = await lockChannel(tx, channelId);
    if (medium !== "webhook") throw new AppError("NOT_SUPPORTED");
    const formerKeyUntil = await retireKey(tx, id, overlapHours);
    await insertSecret(tx, { channelId: id, purpose: "signing", value: signingKey });
    await tx.noticeChannel.update({ where: { id }, data: { version: version + 1 }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "notification_channel.update",
      resource: { type: "notification_channel", id, name },
      details: { rotated: true, overlapHours },
    });
    return { secret: signingKey, formerKeyUntil };
  });
}

/** One former key at most: an older one ends now. */
async function retireKey(tx: Tx, channelId: string, overlapHours: number): Promise<Date | null> {
  await tx.$executeRaw`
    DELETE FROM notice_channel_secrets WHERE channel_id = ${channelId} AND purpose = 'signing'
      AND expires_at IS NOT NULL`;
  if (overlapHours === 0) {
    await tx.noticeChannelSecret.deleteMany({ where: { channelId, purpose: "signing" } });
    return null;
  }
  const rows = await tx.$queryRaw<{ until: Date }[]>`
    UPDATE notice_channel_secrets SET expires_at = now() + make_interval(hours => ${overlapHours})
    WHERE channel_id = ${channelId} AND purpose = 'signing' RETURNING expires_at AS until`;
  return rows[0]?.until ?? null;
}
