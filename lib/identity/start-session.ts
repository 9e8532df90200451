import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";

const hourMs = 3_600_000;

interface NewSession {
  userId: string;
  sessionVersion: number;
  provider: string;
}

/** A step: opens a session that ends by itself, in the transaction of whoever let the person in. */
export async function startSession(
  tx: Tx,
  ctx: Context,
  session: NewSession,
): Promise<{ id: string; expiresAt: Date }> {
  const id = newId();
  const expiresAt = new Date(ctx.now.getTime() + (await readSetting(tx, "session.lifetime_hours")) * hourMs);
  await tx.userSession.create({
    data: {
      id,
      ...session,
      expiresAt,
      lastSeenAt: ctx.now,
      ip: ctx.address,
      userAgent: ctx.userAgent?.slice(0, 512) ?? null,
    },
    select: { id: true },
  });
  return { id, expiresAt };
}
