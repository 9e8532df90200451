import type { Board } from "./board";
import { notFound, readObject, textOf, unauthorized, type Call, type Desk, type Reply } from "./exchange";
import { sign } from "./signature";

/** A desk of somebody's own: takes signed posts, knows each ticket once, and can be asked. */
export function webhookDesk(board: Board, keys: { signingKey: string }): Desk {
  return (call) => {
    if (!isSigned(call, keys.signingKey)) return unauthorized;
    if (call.method === "GET" && call.url.pathname === "/approvals/status") return status(board, call);
    if (call.method === "POST" && call.url.pathname === "/approvals") return receive(board, call);
    return notFound;
  };
}

function isSigned(call: Call, signingKey: string): boolean {
  const words = {
    method: call.method,
    path: call.url.pathname,
    query: call.url.search.slice(1),
    timestamp: textOf(call.headers["x-shepherd-timestamp"]),
    body: call.method === "GET" ? null : call.text,
  };
  const given = [call.headers["x-signature-256"], call.headers["x-signature-256-former"]];
  return given.includes(sign(signingKey, words));
}

function receive(board: Board, { text, headers }: Call): Reply {
  const body = readObject(text);
  const ticketId = textOf(body["shepherd_ticket_id"]);
  const reference = textOf(headers["idempotency-key"]);
  const known = board.find("webhook", (item) => item.reference === reference);
  if (body["type"] === "ping") return { status: 200, body: { pong: true } };
  if (body["type"] === "approval.cancelled") {
    if (known === undefined) return notFound;
    if (known.state === "pending") board.move(known, "cancelled", { by: "shepherd" });
    return { status: 200, body: { cancelled: true } };
  }
  if (known !== undefined) known.arrivals += 1;
  const item =
    known ??
    board.add("webhook", {
      ...{ ticketId, reference },
      title: textOf(body["type"]),
      description: textOf(body["environment"]),
      body,
    });
  return { status: known === undefined ? 201 : 200, body: { external_id: item.key } };
}

function status(board: Board, { url }: Call): Reply {
  const item = board.items.findLast(
    ({ kind, ticketId }) => kind === "webhook" && ticketId === url.searchParams.get("ticket_id"),
  );
  if (item === undefined) return notFound;
  const last = item.changes.at(-1);
  return {
    status: 200,
    body: {
      status: item.state,
      approver: last?.by ?? null,
      provider_decision_id: last === undefined ? null : `${item.key}:${last.id}`,
      comment: last?.comment ?? null,
    },
  };
}
