import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { openRequest } from "./open-request";
import type { Submitted, SubmitRequest } from "./schema";

/**
 * The one funnel (spec §5.10–5.15): found, allowed, checked; then policy answers "run now", "ask" or "no". Event, ticket,
 * record and notices, or, when it runs now, the job, commit together.
 * @throws DUPLICATE_PENDING_REQUEST {existingTicketId, operation}, POLICY_DENIED {rule}, QUOTA_EXCEEDED, and what the
 *   checks refuse
 */
export async function submitRequest(ctx: Context, input: SubmitRequest): Promise<Submitted> {
  try {
    return await inTransaction((tx) => openRequest(tx, ctx, input));
  } catch (error) {
    // Two submissions at once: the partial key let one through; the other learns which.
    if (!isUniqueViolation(error, "approval_tickets_one_pending")) throw error;
    throw new AppError("DUPLICATE_PENDING_REQUEST", { operation: input.operation });
  }
}
