import { createHash, randomBytes } from "node:crypto";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { publicBaseUrl } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import type { PasswordLink } from "./schema";

const hourMs = 3_600_000;

/** A step: the one link with which this person sets a password; links handed out before die with it. */
export async function issuePasswordLink(
  tx: Tx,
  ctx: Context,
  user: { id: string; username: string },
): Promise<PasswordLink> {
  const token = randomBytes(32).toString("base64url");
  const hours = await readSetting(tx, "password.link_hours");
  const expiresAt = new Date(ctx.now.getTime() + hours * hourMs);
  await tx.passwordLink.deleteMany({ where: { userId: user.id, usedAt: null } });
  await tx.passwordLink.create({
    data: {
      id: newId(),
      userId: user.id,
      hash: hashLink(token),
      expiresAt,
      createdBy: actorId(ctx.actor),
    },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "user.password_link",
    resource: { type: "user", id: user.id, name: user.username },
    details: { expiresAt },
  });
  // A browser keeps what stands behind the # to itself, so that no log on the way sees the token.
  return { url: `${new URL("/set-password", publicBaseUrl()).href}#${token}`, expiresAt };
}

/** Links are random enough that a plain hash cannot be guessed back. */
export function hashLink(token: string): string {
  return createHash("sha256").update(`link:${token}`).digest("hex");
}
