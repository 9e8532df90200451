import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { ConsoleEnding } from "./rules";
import { recordedVm, requirePerson, type ConsoleVm } from "./store";

export interface CloseConsole {
  jti: string;
  vm: ConsoleVm;
  ending: ConsoleEnding;
  /** To the browser, and from it. */
  bytesSent: number;
  bytesReceived: number;
}

/** Records the end of the person's own session; closing it twice changes nothing. */
export function closeConsole(ctx: Context, closed: CloseConsole): Promise<void> {
  return inTransaction(async (tx) => {
    const { jti, vm, ending, bytesSent, bytesReceived } = closed;
    const [row] = await tx.$queryRaw<{ seconds: number; mode: string; by: string | null }[]>`
      UPDATE vnc_access_tokens SET closed_at = clock_timestamp(), closed_reason = ${ending},
        bytes_sent = ${bytesSent}::bigint, bytes_received = ${bytesReceived}::bigint
      WHERE jti = ${jti} AND user_id = ${requirePerson(ctx).id} AND used_at IS NOT NULL AND closed_at IS NULL
      RETURNING extract(epoch FROM closed_at - used_at)::int AS seconds, mode, coalesce(superseded_by, revoked_by) AS by`;
    if (row === undefined) return;
    const { seconds, mode, by } = row;
    await recordAudit(tx, ctx, {
      action: "vnc.access",
      ...recordedVm(vm),
      details: {
        ...{ phase: "closed", jti, mode, reason: ending, seconds, bytesSent, bytesReceived },
        ...(by === null ? {} : { by }),
      },
    });
  });
}
