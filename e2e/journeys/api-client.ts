import { request, type APIRequestContext, type APIResponse } from "@playwright/test";
import { z } from "zod";
import { passwordOf, type Username } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";

const jsonObject = z.record(z.string(), z.json());
const media = z.object({ "application/json": z.object({ schema: jsonObject }) });
const apiDocument = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(z.string(), z.object({ content: media.optional(), $ref: z.string().optional() })),
      }),
    ),
  ),
  components: z.object({ schemas: z.object({ Problem: jsonObject }) }),
});
type ApiDocument = z.output<typeof apiDocument>;

const problem = z.strictObject({
  code: z.string(),
  message: z.string().min(1),
  params: z.record(z.string(), z.unknown()),
  field_errors: z.array(
    z.strictObject({ field: z.string(), code: z.string(), params: z.unknown(), message: z.string() }),
  ),
  request_id: z.string().min(1),
});
export type Problem = z.output<typeof problem>;

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A program that uses the API; each answer is held against the published document. */
export interface ApiClient {
  get(path: string): Promise<unknown>;
  send(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Answer>;
  /** @returns what a refused call was told */
  refused(method: string, path: string, call?: RefusedCall): Promise<Problem & { status: number }>;
  cookies(): Promise<string>;
  close(): Promise<void>;
}

interface RefusedCall {
  body?: unknown;
  headers?: Record<string, string>;
}

export async function openClient(stack: Stack, username: Username | null): Promise<ApiClient> {
  const calls = await request.newContext({ baseURL: stack.url });
  const document = apiDocument.parse(await (await calls.get("/api/v1/openapi.json")).json());
  const client = clientOf(calls, document);
  // A person has so many sessions at most, and the oldest may be that of an open page.
  const leave = async () => {
    if (username !== null) await client.send("POST", "/api/v1/auth/logout");
    await client.close();
  };
  if (username !== null) {
    const body = { username, password: passwordOf(stack, username) };
    const { status } = await client.send("POST", "/api/v1/auth/login", body);
    if (status !== 200) throw new Error(`${username} could not sign in: ${status}`);
  }
  return { ...client, close: leave };
}

function clientOf(calls: APIRequestContext, document: ApiDocument): ApiClient {
  const call = async (method: string, path: string, { body, headers = {} }: RefusedCall = {}) => {
    const response = await calls.fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { data: bytesOf(body) }),
      ...(body === undefined ? {} : { headers: { "content-type": "application/json", ...headers } }),
    });
    return readAnswer(response, document, method, path);
  };
  return {
    get: async (path) => {
      const { status, body } = await call("GET", path);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
    send: (method, path, body) => call(method, path, body === undefined ? {} : { body }),
    refused: async (method, path, given) => {
      const { status, body } = await call(method, path, given);
      return { status, ...problem.parse(body) };
    },
    cookies: async () => {
      const { cookies } = await calls.storageState();
      return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    },
    close: () => calls.dispose(),
  };
}

/** Text is sent as it stands, also when it is no JSON; Playwright leaves only bytes alone. */
function bytesOf(body: unknown): Buffer {
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

async function readAnswer(
  response: APIResponse,
  document: ApiDocument,
  method: string,
  path: string,
): Promise<Answer> {
  const text = await response.text();
  const status = response.status();
  const body: unknown = text === "" ? null : JSON.parse(text);
  const schema =
    status < 400 ? schemaOf(document, method, path, status) : document.components.schemas.Problem;
  if (schema === null && body !== null)
    throw new Error(`${method} ${path}: ${status} has an undocumented body`);
  if (schema !== null) z.fromJSONSchema(schema).parse(body);
  return { status, headers: response.headers(), body };
}

function schemaOf(document: ApiDocument, method: string, path: string, status: number) {
  const plain = path.replace(/\?.*$/, "");
  // A path with fewer parts in braces is the nearer one: …/vms/request before …/vms/{id}.
  const [template] = Object.keys(document.paths)
    .filter((each) => new RegExp(`^${each.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`).test(plain))
    .toSorted((one, other) => one.split("{").length - other.split("{").length);
  const answer = document.paths[template ?? ""]?.[method.toLowerCase()]?.responses[String(status)];
  if (!answer) throw new Error(`${method} ${path}: ${status} is not in the API document`);
  return answer.content?.["application/json"].schema ?? null;
}
