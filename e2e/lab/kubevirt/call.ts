import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "yaml";
import type { Json, JsonObject } from "./json";
import { isObject } from "./json";
import { badRequest } from "./failures";

/** One request, read in full, with who made it. */
export interface Call {
  method: string;
  url: URL;
  path: string;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
  contentType: string;
  body: Buffer;
  user: User;
}

export interface User {
  name: string;
  groups: string[];
  /** Rules such as "create namespaces", "update virtualmachines/start" or "* nodes" that this user is refused. */
  denied: string[];
}

export interface Answer {
  code: number;
  body?: JsonObject;
  text?: string;
  bytes?: Buffer;
  contentType?: string;
  headers?: Record<string, string>;
}

export function ok(body: JsonObject, headers: Record<string, string> = {}): Answer {
  return { code: 200, body, headers };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > 3 * 1024 * 1024) throw badRequest("limit is 3145728");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** JSON or YAML; JSON text is YAML too, but the JSON parser is much the faster. */
export function parseBody(call: Call): Json {
  const text = call.body.toString("utf8");
  const trimmed = text.trimStart();
  if (trimmed === "") return null;
  const looksLikeJson = trimmed.startsWith("{") || trimmed.startsWith("[");
  try {
    return looksLikeJson ? parseJson(text) : parseYaml(text);
  } catch (error) {
    throw badRequest(
      `error decoding request body: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function parseObject(call: Call): JsonObject {
  const body = parseBody(call);
  if (!isObject(body)) throw badRequest("the body of the request is not an object");
  return body;
}

function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

// Aliases are refused: a few lines of them can unfold into gigabytes.
function parseYaml(text: string): Json {
  const value: Json = parse(text, { maxAliasCount: 0 });
  return value;
}

export function headerOf(call: Call, name: string): string {
  const value = call.request.headers[name];
  return Array.isArray(value) ? (value[0] ?? "") : (value ?? "");
}

export function isDryRun(call: Call): boolean {
  return call.query.getAll("dryRun").includes("All");
}

/** The manager that Kubernetes assumes when none is named: the user agent up to the first slash. */
export function fieldManagerOf(call: Call): string {
  return call.query.get("fieldManager") ?? (headerOf(call, "user-agent").split("/")[0] || "unknown");
}
