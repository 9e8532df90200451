import { ticketOf, type Board, type Item, type ItemState } from "./board";
import { notFound, readObject, textOf, unauthorized, type Call, type Desk, type Reply } from "./exchange";

const issuePath = /^\/rest\/api\/2\/issue(?:\/([A-Z]+-\d+)(?:\/(transitions|comment))?)?$/;
const statuses: Record<ItemState, string> = {
  pending: "To Do",
  approved: "Approved",
  rejected: "Declined",
  cancelled: "Cancelled",
};

/** Jira's REST API, version 2, as far as approvals go: issues, their history, their transitions, a search by label. */
export function jiraDesk(board: Board, account: { username: string; password: string }): Desk {
  const expected = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  return (call) => {
    if (call.headers.authorization !== expected) return unauthorized;
    if (call.url.pathname === "/rest/api/2/search") return search(board, call);
    const path = issuePath.exec(call.url.pathname);
    if (path === null) return notFound;
    if (path[1] === undefined) return create(board, call);
    const item = board.find("jira", ({ key }) => key === path[1]);
    if (item === undefined) return notFound;
    if (path[2] === "comment") return { status: 201, body: { id: "1" } };
    if (path[2] === "transitions") return transitions(board, item, call);
    return { status: 200, body: issueOf(item) };
  };
}

function create(board: Board, { text }: Call): Reply {
  const fields = readObject(JSON.stringify(readObject(text)["fields"] ?? {}));
  const labels = Array.isArray(fields["labels"]) ? fields["labels"].map(textOf) : [];
  const label = labels.find((one) => one.startsWith("shepherd-")) ?? "";
  const item = board.add("jira", {
    ticketId: ticketOf(label.slice("shepherd-".length)),
    reference: label.slice("shepherd-".length),
    title: textOf(fields["summary"]),
    description: textOf(fields["description"]),
    body: fields,
  });
  return { status: 201, body: { id: item.recordId, key: item.key } };
}

function search(board: Board, { url }: Call): Reply {
  const label = /labels = "shepherd-([^"]+)"/.exec(url.searchParams.get("jql") ?? "")?.[1];
  const found = board.items.filter(({ kind, reference }) => kind === "jira" && reference === label);
  for (const item of found) item.arrivals += 1;
  return { status: 200, body: { issues: found.map(({ key }) => ({ key })) } };
}

function transitions(board: Board, item: Item, call: Call): Reply {
  if (call.method === "GET") {
    const open = item.state === "pending" ? [{ id: "41", name: "Cancel", to: { name: "Cancelled" } }] : [];
    return { status: 200, body: { transitions: open } };
  }
  board.move(item, "cancelled", { by: "shepherd" });
  return { status: 204, body: null };
}

function issueOf(item: Item): object {
  return {
    key: item.key,
    fields: { status: { name: statuses[item.state] } },
    changelog: {
      histories: item.changes.map(({ id, to, by }) => ({
        id: String(id),
        created: "2026-11-23T09:00:00.000+0000",
        author: { name: by, displayName: by, emailAddress: by.includes("@") ? by : `${by}@desk.example` },
        items: [{ field: "status", toString: statuses[to] }],
      })),
    },
  };
}
