import { z } from "zod";
import { publicBaseUrl } from "@/lib/core/env";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { isSameOrigin, readCookie, sessionCookieName } from "@/lib/identity/rules";
import { rememberAnswer, type Answer } from "@/lib/identity/remember-answer";
import {
  anonymousContext,
  readVisitor,
  requireAccess,
  requireOwnView,
  type Access,
  type InView,
} from "./current-context";
import { parseInput } from "./field-errors";
import { shapeOf, type Schema } from "./look-inside";
import { problemResponse, toAppError } from "./problem";
import { readBody } from "./read-body";
import { readTextValues } from "./read-text-values";
import { fromWire, snakeCase, toWire } from "./wire-case";

/**
 * Makes a route handler of a use case or query: parse, call, answer; all schemas in camelCase, snake_case on the wire.
 *
 *   export const GET = defineRoute({
 *     summary: "List systems", permission: "system:read",
 *     query: listSystemsQuery,                       // extends pageQuery: per_page, cursor
 *     output: pageOf(systemRow),                     // → {items, pagination: {per_page, next_cursor, has_next}}
 *     useCase: (ctx, { query }) => listSystems(ctx, query),
 *   });
 *   export const POST = defineRoute({
 *     summary: "Ask for a virtual machine", permission: "vm:create",
 *     body: requestVmInput, output: acceptedRequest, status: 202,
 *     useCase: (ctx, { body }) => requestVm(ctx, body),
 *     headers: (result) => ({ Location: `/api/v1/events/${result.eventId}` }),
 *   });
 *   export const DELETE = defineRoute({
 *     summary: "Delete a system", permission: "system:delete",
 *     params: z.strictObject({ id: z.string() }), query: z.strictObject({ confirmName: z.string().optional() }),
 *     useCase: (ctx, { params, query }) => deleteSystem(ctx, { systemId: params.id, ...query }),   // no output → 204
 *   });
 */
export interface RouteDefinition<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
  Result extends z.input<O>,
> {
  /** One imperative line for the API document. */
  summary: string;
  description?: string;
  /** Which permission the use case asks for; a note for the document, the use case enforces it. */
  permission?: string;
  access?: Access;
  /** Whether a platform administrator who looks at the portal as somebody else may send it; reading always may. */
  inView?: InView;
  /** The parts of the path in brackets, as Next names them. */
  params?: P;
  query?: Q;
  body?: B;
  /** What may leave: members it does not name are cut off. Without it the answer is 204 and empty. */
  output?: O;
  status?: number;
  useCase: (ctx: Context, input: RouteInput<P, Q, B>) => Promise<Result> | Result;
  /** Made of the use case's own result, before anything is cut off. */
  headers?: (result: Result) => Record<string, string>;
}

interface RouteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
}

/** A definition whose schemas' types no longer matter: what the API document is written from. */
export type Contract = Omit<
  RouteDefinition<z.ZodType, z.ZodType, z.ZodType, z.ZodType, unknown>,
  "useCase" | "headers"
>;

interface PathParameters {
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type Route = ((request: Request, path: PathParameters) => Promise<Response>) & { contract: Contract };

const nothing = z.strictObject({});
type Nothing = typeof nothing;

export function defineRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  O extends z.ZodType = z.ZodUnknown,
  Result extends z.input<O> = z.input<O>,
>(definition: RouteDefinition<P, Q, B, O, Result>): Route {
  const { useCase, headers, ...contract } = definition;
  const handle = async (request: Request, path: PathParameters): Promise<Response> => {
    const anonymous = anonymousContext(request.headers);
    try {
      const visitor = await readVisitor(anonymous, request.headers);
      requireOwnSite(request);
      requireAccess(visitor, contract.access ?? "signed-in");
      if (!["GET", "HEAD"].includes(request.method))
        requireOwnView(visitor.ctx, contract.inView ?? "refused");
      const input = await readInput(definition, request, path);
      const answer = () => answerWith(definition, visitor.ctx, input);
      return toResponse(await answerOnce(visitor.ctx, request, input, answer), anonymous.requestId);
    } catch (error) {
      return problemResponse(
        toAppError(error, anonymous.requestId),
        anonymous.requestId,
        contract.body ?? contract.query,
      );
    }
  };
  return Object.assign(handle, { contract });
}

/** A browser adds the cookie to what other sites send too, and says in a header that it was another site. */
function requireOwnSite(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const { headers } = request;
  // A token is never added by a browser on its own, so who sends one means it.
  if (headers.has("authorization")) return;
  if (readCookie(headers.get("cookie"), sessionCookieName) === null && !headers.has("origin")) return;
  const origin = {
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
    host: headers.get("host"),
  };
  if (!isSameOrigin(origin, publicBaseUrl().origin))
    throw new AppError("FOREIGN_ORIGIN", { origin: origin.origin });
}

async function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { params, query, body }: Pick<RouteDefinition<P, Q, B, z.ZodType, unknown>, "params" | "query" | "body">,
  request: Request,
  path: PathParameters,
): Promise<RouteInput<P, Q, B>> {
  // A name may be written as Kubernetes does too: dryRun is dry_run (spec §5.6).
  const search = new URLSearchParams(
    [...new URL(request.url).searchParams].map(([name, value]) => [snakeCase(name), value]),
  );
  const given = {
    params: parseInput(params ?? nothing, { value: params ? ((await path.params) ?? {}) : {}, unknown: [] }),
    query: parseInput(query ?? nothing, readTextValues(query ?? nothing, search, snakeCase)),
    body: parseInput(body ?? nothing, fromWire(body ?? nothing, await readBody(request))),
  };
  // An absent schema stands for Nothing, whose output is the empty object.
  return given as RouteInput<P, Q, B>;
}

interface Answering<Input, Result> {
  output?: z.ZodType;
  status?: number;
  useCase: (ctx: Context, input: Input) => Promise<Result> | Result;
  headers?: (result: Result) => Record<string, string>;
}

async function answerWith<Input extends { query: unknown }, Result>(
  { useCase, output, status, headers }: Answering<Input, Result>,
  ctx: Context,
  input: Input,
): Promise<Answer> {
  const result = await useCase(ctx, input);
  const added = headers?.(result) ?? {};
  if (output === undefined) return { status: status ?? 204, headers: added, body: null };
  const checked = output.parse(result);
  const body = isPage(output) ? toWirePage(output, checked, input.query) : toWire(output, checked);
  return { status: status ?? 200, headers: added, body: JSON.parse(JSON.stringify(body)) };
}

/** Made by pageOf: a page of a list. */
export function isPage(output: Schema): boolean {
  const members = Object.keys(shapeOf(output));
  return members.length === 2 && members.includes("items") && members.includes("nextCursor");
}

const pageShape = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
const perPageShape = z.object({ perPage: z.number() }).partial();

function toWirePage(output: Schema, page: unknown, query: unknown): object {
  const { items, nextCursor } = pageShape.parse(page);
  const rows = shapeOf(output)["items"] ?? z.unknown();
  const perPage = perPageShape.safeParse(query).data?.perPage ?? items.length;
  const pagination = { per_page: perPage, next_cursor: nextCursor, has_next: nextCursor !== null };
  return { items: toWire(rows, items), pagination };
}

type MaybeReplayed = Answer & { replayed?: boolean };

/** POST under an Idempotency-Key is done once, however often it is sent. */
async function answerOnce(
  ctx: Context,
  request: Request,
  input: RouteInput<z.ZodType, z.ZodType, z.ZodType>,
  answer: () => Promise<Answer>,
): Promise<MaybeReplayed> {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method !== "POST" || ctx.actor.kind !== "person") return answer();
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new AppError("INVALID_REQUEST", { problem: "idempotency_key" });
  const { pathname, search } = new URL(request.url);
  return rememberAnswer(
    ctx,
    { key, method: request.method, path: pathname + search, body: input.body },
    answer,
  );
}

function toResponse({ status, headers, body, replayed }: MaybeReplayed, requestId: string): Response {
  const all = new Headers({ "cache-control": "no-store", ...headers, "x-request-id": requestId });
  if (replayed) all.set("idempotent-replayed", "true");
  if (body === null) return new Response(null, { status, headers: all });
  return Response.json(body, { status, headers: all });
}
