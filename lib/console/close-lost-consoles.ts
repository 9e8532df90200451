import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { expireAsks } from "./expire-asks";
import { proxySilentSeconds } from "./rules";
import { readConsoleVm, recordedVm } from "./store";

const batchMax = 200;

interface LostSession {
  jti: string;
  vmId: string;
  userId: string;
  seconds: number;
}

/**
 * Ends on paper the sessions of console processes that died, because their sockets died with them, and the questions
 * that nobody answered.
 */
export function closeLostConsoles(ctx: Context): Promise<number> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await expireAsks(tx);
    const lost = await tx.$queryRaw<LostSession[]>`
      UPDATE vnc_access_tokens SET closed_at = clock_timestamp(), closed_reason = 'proxy_lost'
      WHERE jti IN (SELECT t.jti FROM vnc_access_tokens t
        WHERE t.closed_at IS NULL AND t.proxy_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM worker_instances i WHERE i.id = t.proxy_id
            AND i.last_heartbeat > clock_timestamp() - make_interval(secs => ${proxySilentSeconds}))
        LIMIT ${batchMax} FOR UPDATE SKIP LOCKED)
      RETURNING jti, vm_id AS "vmId", user_id AS "userId", extract(epoch FROM closed_at - used_at)::int AS seconds`;
    for (const { jti, vmId, userId, seconds } of lost) {
      const vm = await readConsoleVm(tx, vmId).catch(() => null);
      await recordAudit(tx, ctx, {
        action: "vnc.access",
        ...(vm === null ? { resource: { type: "vm", id: vmId } } : recordedVm(vm)),
        details: { phase: "closed", jti, userId, reason: "proxy_lost", seconds },
      });
    }
    return lost.length;
  });
}
