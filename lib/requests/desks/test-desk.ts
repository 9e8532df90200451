import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { askWorker } from "@/lib/core/worker-questions";
import { testDeskJob } from "./jobs";
import { deskTestAnswer, type DeskTestAnswer, type TestDesk } from "./schema";
import { findDesk } from "./store";

/** Sends something real that leaves nothing to decide, and shows what the desk says. The worker sends it; the secrets are its. */
export async function testDesk(ctx: Context, { deskId }: TestDesk): Promise<DeskTestAnswer> {
  await authorize(db(), ctx, "platform:admin");
  const desk = await findDesk(db(), deskId);
  const answer = await askWorker(ctx, testDeskJob, { deskId }, deskTestAnswer);
  await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await recordAudit(tx, ctx, {
      action: "external_approval_system.test",
      outcome: answer.ok ? "success" : "failure",
      resource: { type: "external_approval_system", id: deskId, name: desk.name },
      details: { statusCode: answer.statusCode, durationMs: answer.durationMs },
    });
  });
  return answer;
}
