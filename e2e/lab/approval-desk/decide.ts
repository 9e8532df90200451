import type { Board, Item } from "./board";
import { textOf } from "./exchange";
import { sign } from "./signature";

export interface Decision {
  approved: boolean;
  approver: string;
  comment?: string;
}

/** Somebody at a desk decides; the webhook's desk calls back where it was told to, if it has a secret. */
export async function decide(
  board: Board,
  item: Item,
  { decision, callbackSecret }: { decision: Decision; callbackSecret: string | null },
): Promise<number | null> {
  const to = decision.approved ? "approved" : "rejected";
  board.move(item, to, { by: decision.approver, comment: decision.comment ?? "" });
  const address = textOf(item.body["callback_url"]);
  if (item.kind !== "webhook" || callbackSecret === null || address === "") return null;
  return callBack(item, { decision, address, callbackSecret });
}

async function callBack(
  item: Item,
  { decision, address, callbackSecret }: { decision: Decision; address: string; callbackSecret: string },
): Promise<number | null> {
  const body = JSON.stringify({
    ticket_id: item.ticketId,
    approved: decision.approved,
    approver: decision.approver,
    provider_decision_id: `${item.key}:${item.changes.at(-1)?.id ?? 0}`,
    decided_at: new Date().toISOString(),
    comment: decision.comment ?? null,
  });
  const url = new URL(address);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const words = { method: "POST", path: url.pathname, query: url.search.slice(1), timestamp, body };
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-external-approval-system-id": textOf(item.body["external_system_id"]),
      "x-ticket-id": item.ticketId,
      "x-shepherd-timestamp": timestamp,
      "x-signature-256": sign(callbackSecret, words),
    },
    body,
  }).catch(() => null);
  return answer?.status ?? null;
}
