import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { InitialPasswordStatus } from "./schema";
import { requirePasswordOwner } from "./store";

const none: InitialPasswordStatus = { state: "none", username: null, revealedAt: null };

/** Whether a first password waits for this person. @throws VM_NOT_FOUND, PERMISSION_DENIED */
export async function readInitialPasswordStatus(ctx: Context, vmId: string): Promise<InitialPasswordStatus> {
  await requirePasswordOwner(db(), ctx, vmId);
  const rows = await db().$queryRaw<{ username: string; isWaiting: boolean; revealedAt: Date | null }[]>`
    SELECT username, envelope IS NOT NULL AS "isWaiting", revealed_at AS "revealedAt"
    FROM vm_initial_passwords WHERE vm_id = ${vmId}`;
  const row = rows[0];
  if (row === undefined) return none;
  const { username, revealedAt } = row;
  return { state: row.isWaiting ? "waiting" : "revealed", username, revealedAt };
}

/** The same for a page that shows the machine to more people: nothing for whom it is not. */
export async function findInitialPassword(ctx: Context, vmId: string): Promise<InitialPasswordStatus> {
  try {
    return await readInitialPasswordStatus(ctx, vmId);
  } catch (error) {
    if (error instanceof AppError) return none;
    throw error;
  }
}
