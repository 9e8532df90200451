import { NextRequest } from "next/server";
import type { Door } from "./list-doors";

export interface Sent {
  headers?: Record<string, string>;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

export interface Answered {
  status: number;
  code: string;
  text: string;
  headers: Headers;
}

/** Sends a request straight to the route's handler; nothing stands before it. */
export async function callDoor(
  door: Door,
  { headers = {}, params = {}, query = {}, body }: Sent,
): Promise<Answered> {
  const path = door.path.replaceAll(/\{(?:\.\.\.)?(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? "x"),
  );
  const address = new URL(path, "http://portal.example");
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const request = new NextRequest(address, {
    method: door.method,
    headers: { host: "portal.example", "content-type": "application/json", ...headers },
    ...(door.method === "GET" || body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await door.handler(request, { params: Promise.resolve(pathValues(door, params)) });
  return readAnswer(response);
}

function pathValues(door: Door, params: Record<string, string>): Record<string, string | string[]> {
  if (!door.path.includes("{...")) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]]));
}

async function readAnswer(response: Response): Promise<Answered> {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  if (isStream) await response.body?.cancel();
  const text = isStream ? "" : await response.text();
  return { status: response.status, code: readCode(text), text, headers: response.headers };
}

function readCode(text: string): string {
  if (!text.startsWith("{")) return "";
  const parsed: unknown = JSON.parse(text);
  const code: unknown =
    parsed !== null && typeof parsed === "object" ? Reflect.get(parsed, "code") : undefined;
  return typeof code === "string" ? code : "";
}
