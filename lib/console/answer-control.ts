import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { AnswerControl } from "./schema";
import { readConsoleVm, recordedVm, requirePerson, supersede } from "./store";

interface OpenAsk {
  id: string;
  vmId: string;
  jti: string;
  askerId: string;
}

/** Only whoever has the console answers; handing over ends their session, and the other connects as usual. */
export function answerControl(ctx: Context, { askId, verdict }: AnswerControl): Promise<void> {
  return inTransaction(async (tx) => {
    const holder = requirePerson(ctx);
    const status = verdict === "grant" ? "granted" : "declined";
    const ask = await settle(tx, { askId, holderId: holder.id, status });
    const vm = await readConsoleVm(tx, ask.vmId);
    const handsOver = { jti: ask.jti, as: "handed_over", by: ask.askerId } as const;
    if (verdict === "grant" && !(await supersede(tx, handsOver)))
      throw new AppError("INVALID_STATE", { object: "console", state: "free", move: "answer" });
    await recordAudit(tx, ctx, {
      action: "vnc.access",
      ...recordedVm(vm),
      details: { phase: status, jti: ask.jti, askId, askerId: ask.askerId },
    });
  });
}

/** @throws RESOURCE_NOT_FOUND for what was asked of somebody else, is answered or has run out */
async function settle(
  tx: Tx,
  { askId, holderId, status }: { askId: string; holderId: string; status: "granted" | "declined" },
): Promise<OpenAsk> {
  const [ask] = await tx.$queryRaw<OpenAsk[]>`
    UPDATE console_asks SET status = ${status}, answered_at = clock_timestamp()
    WHERE id = ${askId} AND holder_id = ${holderId} AND status = 'asked' AND expires_at > clock_timestamp()
    RETURNING id, vm_id AS "vmId", jti, asker_id AS "askerId"`;
  if (ask === undefined) throw new AppError("RESOURCE_NOT_FOUND", { object: "console" });
  return ask;
}
