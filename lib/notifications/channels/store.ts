import { randomBytes } from "node:crypto";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { sealFor } from "@/lib/core/keyring";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import type { Tx } from "@/lib/core/transaction";
import { channelBinding } from "./rules";

/** @throws VALIDATION_FAILED on address where no message may ever go */
export function checkAddress(address: string): void {
  const refusal = refusalOfOutsideAddress(address, { query: true });
  if (refusal !== null)
    throw fieldRefused("address", "invalid_address", { scheme: "https://", reason: refusal });
}

export function makeSigningKey(): string {
  return `whsec_${randomBytes(32).toString("base64url")}`;
}

/** A step: seals for the worker; the value is never read again in this process. */
export async function insertSecret(
  tx: Tx,
  secret: { channelId: string; purpose: "address" | "signing"; value: string },
): Promise<void> {
  const id = newId();
  const envelope = await sealFor("cluster", secret.value, channelBinding(id));
  const { channelId, purpose } = secret;
  await tx.noticeChannelSecret.create({
    data: { id, channelId, purpose, envelope, keyVersion: envelope.key_version },
    select: { id: true },
  });
}

export async function lockChannel(tx: Tx, channelId: string) {
  const rows = await tx.$queryRaw<{ id: string; name: string; medium: string; version: number }[]>`
    SELECT id, name, medium, version FROM notice_channels WHERE id = ${channelId} FOR UPDATE`;
  const [channel] = rows;
  if (channel === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "notification_channel" });
  return channel;
}
