import { sign } from "@/e2e/lab/approval-desk/signature";
import type { DecisionCall } from "@/lib/requests/desks/receive-decision";

export const callbackPath = "/api/v1/webhooks/approval-callback";
export const pendingPath = "/api/v1/external-approval/pending";

/** A call as a desk makes it, signed by the desk's own code; null for a body asks what is pending. */
export function aSignedCall(
  given: { deskId: string; secret: string; body: { ticket_id: string } | null },
  over: { path?: string; timestamp?: string } = {},
): DecisionCall {
  const text = given.body === null ? "" : JSON.stringify(given.body);
  const body = given.body === null ? null : text;
  const words = {
    method: body === null ? "GET" : "POST",
    path: over.path ?? (body === null ? pendingPath : callbackPath),
    query: "",
    timestamp: over.timestamp ?? String(Math.floor(Date.now() / 1000)),
    body,
  };
  const { query: rawQuery, ...signed } = words;
  return {
    deskId: given.deskId,
    signature: sign(given.secret, words),
    words: { ...signed, rawQuery },
    ticketId: given.body?.ticket_id ?? "",
    text,
  };
}
