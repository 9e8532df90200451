import { AppError } from "@/lib/core/errors";
import type { Affected } from "./schema";

interface Change {
  batchId: string;
  state: string;
  move: string;
  ticketIds: readonly string[];
}

const atOnceMax = 4;

/**
 * Each child in a transaction of its own, a few at a time; what one refuses does not hold back the others.
 * @throws INVALID_STATE where there is nothing to change, or the one reason why nothing was changed
 */
export async function changeEach(
  { batchId, state, move, ticketIds }: Change,
  change: (ticketId: string) => Promise<void>,
): Promise<Affected> {
  const results: { ticketId: string; refusal: AppError | null }[] = [];
  for (let start = 0; start < ticketIds.length; start += atOnceMax) {
    const few = ticketIds.slice(start, start + atOnceMax);
    const outcomes = few.map(async (ticketId) => ({ ticketId, refusal: await refusalOf(change(ticketId)) }));
    results.push(...(await Promise.all(outcomes)));
  }
  const affectedTicketIds = results.filter(({ refusal }) => refusal === null).map(({ ticketId }) => ticketId);
  if (affectedTicketIds.length === 0)
    throw results[0]?.refusal ?? new AppError("INVALID_STATE", { object: "batch", state, move });
  const refused = results.flatMap(({ ticketId, refusal }) =>
    refusal === null ? [] : [{ ticketId, code: refusal.code, params: refusal.params }],
  );
  return { batchId, affectedTicketIds, refused };
}

async function refusalOf(change: Promise<void>): Promise<AppError | null> {
  try {
    await change;
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
