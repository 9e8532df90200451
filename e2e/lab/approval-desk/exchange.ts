import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Board, DeskKind } from "./board";

/** One call to a desk, read whole. */
export interface Call {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  text: string;
}

export interface Reply {
  status: number;
  body: unknown;
}

export type Desk = (call: Call) => Reply;

/** The desk behind its faults: what is down drops the line, what is slow waits. */
export function behindFaults(board: Board, kind: DeskKind, desk: Desk) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    board.calls[kind] += 1;
    const faults = board.faults(kind);
    if (faults.down) return void request.socket.destroy();
    const call = await readCall(request);
    if (faults.delayMs > 0) await pause(faults.delayMs);
    if (faults.status !== null && faults.times > 0) {
      faults.times -= 1;
      return sendJson(response, { status: faults.status, body: { error: "on request" } });
    }
    const reply = desk(call);
    if (faults.holdAnswers) return;
    if (faults.swallowAnswers) return void request.socket.destroy();
    sendJson(response, reply);
  };
}

export async function readCall(request: IncomingMessage): Promise<Call> {
  const parts: Buffer[] = [];
  // A stream without an encoding yields buffers.
  for await (const part of request) parts.push(part as Buffer);
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "https://desk.invalid"),
    headers: request.headers,
    text: Buffer.concat(parts).toString("utf8"),
  };
}

export function sendJson(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

export type JsonObject = Record<string, unknown>;

export function readObject(text: string): JsonObject {
  const value: unknown = text === "" ? {} : JSON.parse(text);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return {};
  // An object that is no array has members by name.
  return value as JsonObject;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export const notFound: Reply = { status: 404, body: { error: "not found" } };
export const unauthorized: Reply = { status: 401, body: { error: "unauthorized" } };
