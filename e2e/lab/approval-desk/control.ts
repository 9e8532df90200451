import type { IncomingMessage, ServerResponse } from "node:http";
import type { Board, DeskKind, Faults } from "./board";
import { decide } from "./decide";
import { readCall, readObject, sendJson, textOf, type JsonObject } from "./exchange";
import { renderPage } from "./render-page";

interface Controlled {
  board: Board;
  callbackSecret: () => string | null;
}

const kinds: readonly DeskKind[] = ["webhook", "servicenow", "jira"];
const decisionPath = /^\/items\/([\w-]+)\/(decide|forget)$/;
const faultsPath = /^\/desks\/(webhook|servicenow|jira)\/faults$/;

/** What the people at the desks do: decide, forget, go away, be slow; as a page and as JSON. */
export function answerControl(controlled: Controlled) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url, text, headers } = await readCall(request);
    const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    const body: JsonObject = isForm ? Object.fromEntries(new URLSearchParams(text)) : readObject(text);
    const answer = method === "POST" ? await act(controlled, url.pathname, body) : null;
    if (method === "POST" && isForm) return void response.writeHead(303, { location: "/" }).end();
    if (answer !== null) return sendJson(response, answer);
    if (url.pathname === "/items") {
      const { items, calls } = controlled.board;
      return sendJson(response, { status: 200, body: { items, calls } });
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(renderPage(controlled.board));
  };
}

async function act({ board, callbackSecret }: Controlled, path: string, body: JsonObject) {
  const [, kind] = faultsPath.exec(path) ?? [];
  const desk = kinds.find((one) => one === kind);
  if (desk !== undefined) {
    board.setFaults(desk, faultsOf(body));
    return { status: 200, body: board.faults(desk) };
  }
  const [, ticketId, what] = decisionPath.exec(path) ?? [];
  const item = board.items.find((one) => one.ticketId === ticketId);
  if (item === undefined) return { status: 404, body: { error: "no such item" } };
  if (what === "forget") {
    board.forget(item.ticketId);
    return { status: 200, body: {} };
  }
  const decision = {
    approved: body["approved"] === true || body["approved"] === "true",
    approver: textOf(body["approver"]) || "ann@desk.example",
    comment: textOf(body["comment"]),
  };
  const answered = await decide(board, item, { decision, callbackSecret: callbackSecret() });
  return { status: 200, body: { state: item.state, callback: answered } };
}

function faultsOf(body: JsonObject): Partial<Faults> {
  const status = Number(body["status"] ?? 0);
  return {
    down: body["down"] === true || body["down"] === "true",
    delayMs: Number(body["delayMs"] ?? 0),
    status: status === 0 ? null : status,
    times: Number(body["times"] ?? 1_000_000),
    swallowAnswers: body["swallowAnswers"] === true,
    holdAnswers: body["holdAnswers"] === true,
  };
}
