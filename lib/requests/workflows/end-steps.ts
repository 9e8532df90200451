import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { completeApproval, type LastDecision } from "../complete-approval";
import { completeRejection } from "../reject-request";
import type { Standing } from "./dispatcher";

/** What the requester reads where nobody said anything. */
export const timePassed = "Nobody decided within the time limit.";

/** In whose name the clock decides. */
export const clock = { id: null, name: "clock" };

/** A step: what follows for the request once its steps have ended; nothing while they go on. */
export async function endSteps(
  tx: Tx,
  ctx: Context,
  { standing, reason, ...decision }: LastDecision & { standing: Standing | null; reason: string },
): Promise<void> {
  const { ticket, approver } = decision;
  if (standing === "rejected") await completeRejection(tx, ctx, { ticket, approver, reason });
  if (standing === "approved") await completeApproval(tx, ctx, decision);
}
