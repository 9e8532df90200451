import { AppError } from "@/lib/core/errors";
import type { ItemResult, ManyResults } from "./schema";

interface Item {
  ticketId: string;
  version?: number | undefined;
}

const atOnceMax = 4;

/** Each in a transaction of its own and with a result of its own, in the order asked; a few at a time. */
export async function decideEach(
  items: readonly Item[],
  decide: (item: Item) => Promise<void>,
): Promise<ManyResults> {
  const results: ItemResult[] = [];
  for (let start = 0; start < items.length; start += atOnceMax) {
    const few = items.slice(start, start + atOnceMax);
    results.push(...(await Promise.all(few.map((item) => resultOf(item.ticketId, decide(item))))));
  }
  return { results };
}

async function resultOf(ticketId: string, decision: Promise<void>): Promise<ItemResult> {
  try {
    await decision;
    return { ticketId, ok: true, code: null, params: {} };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [field] = error.fields;
    // What is not there and what may not be seen answer alike.
    const params = error.status === 404 ? {} : { ...error.params, ...field?.params };
    return { ticketId, ok: false, code: field?.code ?? error.code, params };
  }
}
