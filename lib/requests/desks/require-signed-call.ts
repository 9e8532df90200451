import { createHash } from "node:crypto";
import { isSignedBy, type SignedWords } from "@/lib/adapters/approval-webhook/signature";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { openCallbackSecrets } from "./open-secrets";
import { findDesk, type DeskSettings } from "./store";

/** What a desk's call says of itself, before any of it is believed. */
export interface SignedCall {
  deskId: string;
  signature: string;
  words: SignedWords;
}

const toleranceSeconds = 300;
const idShape = /^[\w-]{1,64}$/;

/**
 * Whoever calls as a desk must have signed exactly this call, within five minutes by the database's clock. Every refusal
 * answers alike and is on record.
 * @throws INVALID_SIGNATURE
 */
export async function requireSignedCall(ctx: Context, call: SignedCall): Promise<DeskSettings> {
  const refusal = await refusalOf(call);
  if (refusal === null) return findDesk(db(), call.deskId);
  await recordRefused(ctx, call, refusal);
  throw new AppError("INVALID_SIGNATURE");
}

async function refusalOf({ deskId, signature, words }: SignedCall): Promise<string | null> {
  if (!idShape.test(deskId)) return "unknown_system";
  if (!/^\d{10}$/.test(words.timestamp)) return "timestamp";
  const rows = await db().$queryRaw<{ off: number }[]>`
    SELECT abs(extract(epoch FROM now()) - ${Number(words.timestamp)}::float8)::float8 AS off
    FROM external_approval_systems WHERE id = ${deskId} AND enabled`;
  if (rows[0] === undefined) return "unknown_system";
  if (rows[0].off > toleranceSeconds) return "timestamp";
  const secrets = await openCallbackSecrets(deskId);
  return secrets.some((secret) => isSignedBy(secret, words, signature)) ? null : "signature";
}

/** Nothing of what a stranger sends is kept but which desk they claim to be, and an address fills no log alone. */
async function recordRefused(ctx: Context, { deskId, words }: SignedCall, reason: string): Promise<void> {
  if (ctx.address !== null && (await countRefusals(ctx.address)) > recordedMax) return;
  await recordAudit(db(), ctx, {
    action: "external_approval_system.refused",
    outcome: "failure",
    resource: { type: "external_approval_system", id: idShape.test(deskId) ? deskId : "unknown" },
    details: { reason, method: words.method, path: words.path.slice(0, 200) },
  });
}

/** Of one address within a quarter of an hour; the rest is refused as well, and not written down. */
const recordedMax = 60;

async function countRefusals(address: string): Promise<number> {
  const key = createHash("sha256").update(address).digest("hex");
  const [counter] = await db().$queryRaw<{ value: number }[]>`
    INSERT INTO rate_limit_counters AS c (key, limit_type, value, window_start)
    VALUES (${key}, 'desk_refusal', 1, now())
    ON CONFLICT (key, limit_type) DO UPDATE SET
      value = CASE WHEN c.window_start < now() - interval '15 minutes' THEN 1 ELSE c.value + 1 END,
      window_start = CASE WHEN c.window_start < now() - interval '15 minutes' THEN now() ELSE c.window_start END
    RETURNING value`;
  return counter?.value ?? 1;
}
