import { ticketOf, type Board, type Item } from "./board";
import { notFound, readObject, textOf, unauthorized, type Call, type Desk, type Reply } from "./exchange";

const recordPath = /^\/api\/now\/table\/([a-z][a-z0-9_]*)(?:\/([0-9a-f]{32}))?$/;

/** ServiceNow's Table API as far as approvals go: records are made, read, found by correlation id and changed. */
export function serviceNowDesk(board: Board, account: { username: string; password: string }): Desk {
  const expected = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  return (call) => {
    if (call.headers.authorization !== expected) return unauthorized;
    const [, table, recordId] = recordPath.exec(call.url.pathname) ?? [];
    if (table !== "change_request") return { status: 400, body: { error: { message: "Invalid table" } } };
    if (recordId === undefined) return call.method === "POST" ? create(board, call) : list(board, call);
    const item = board.find("servicenow", (one) => one.recordId === recordId);
    if (item === undefined) return notFound;
    if (call.method === "PATCH") change(board, item, readObject(call.text));
    return { status: 200, body: { result: fieldsOf(item) } };
  };
}

function create(board: Board, { text }: Call): Reply {
  const body = readObject(text);
  const item = board.add("servicenow", {
    ticketId: ticketOf(textOf(body["correlation_id"])),
    reference: textOf(body["correlation_id"]),
    title: textOf(body["short_description"]),
    description: textOf(body["description"]),
    body,
  });
  return { status: 201, body: { result: fieldsOf(item) } };
}

function list(board: Board, { url }: Call): Reply {
  const wanted = /^correlation_id=(.+)$/.exec(url.searchParams.get("sysparm_query") ?? "")?.[1];
  const found = board.items.filter(({ kind, reference }) => kind === "servicenow" && reference === wanted);
  for (const item of found) item.arrivals += 1;
  return { status: 200, body: { result: found.slice(0, 1).map(fieldsOf) } };
}

function change(board: Board, item: Item, body: Record<string, unknown>): void {
  if (body["state"] === "4" && item.state === "pending") board.move(item, "cancelled", { by: "shepherd" });
}

const approvals = {
  pending: "requested",
  approved: "approved",
  rejected: "rejected",
  cancelled: "cancelled",
};

function fieldsOf(item: Item): Record<string, unknown> {
  const last = item.changes.at(-1);
  return {
    sys_id: item.recordId,
    number: item.key,
    correlation_id: item.reference,
    approval: approvals[item.state],
    state: item.state === "cancelled" ? "4" : "-5",
    sys_updated_by: last?.by ?? "shepherd",
    sys_mod_count: String(item.changes.length),
    close_notes: last?.comment ?? "",
  };
}
