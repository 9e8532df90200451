import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { grantMinutesMax, type GrantCover } from "./rules";
import { readConsoleVm, recordedVm } from "./store";

export interface NewGrant {
  userId: string;
  vmId: string;
  ticketId: string;
  minutes: number;
  /** What it covers beside the console. */
  covers?: readonly GrantCover[] | undefined;
}

/** A step: an approval becomes a right that ends, by the database's clock; using it never prolongs it. */
export async function grantConsole(
  tx: Tx,
  ctx: Context,
  grant: NewGrant,
): Promise<{ id: string; endsAt: Date }> {
  const { userId, vmId, ticketId, minutes } = grant;
  if (minutes < 1 || minutes > grantMinutesMax) throw new AppError("INVALID_REQUEST", { reason: "minutes" });
  const vm = await readConsoleVm(tx, vmId);
  const id = newId();
  const covers = [...new Set<GrantCover>(["console", ...(grant.covers ?? [])])];
  const [row] = await tx.$queryRaw<{ endsAt: Date }[]>`
    INSERT INTO console_grants (id, user_id, vm_id, ticket_id, covers, ends_at)
    VALUES (${id}, ${userId}, ${vmId}, ${ticketId}, ${covers}::text[],
      clock_timestamp() + make_interval(mins => ${minutes}::int))
    RETURNING ends_at AS "endsAt"`;
  if (row === undefined) throw new Error("a grant was written without an answer");
  await recordAudit(tx, ctx, {
    action: "vnc.access",
    ...recordedVm(vm),
    details: { phase: "granted", userId, ticketId, minutes, covers, endsAt: row.endsAt },
  });
  return { id, endsAt: row.endsAt };
}
