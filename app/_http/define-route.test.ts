import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { defineRoute } from "./define-route";

const calls: unknown[] = [];
const POST = defineRoute({
  summary: "Order",
  params: z.strictObject({ id: z.string() }),
  body: z.strictObject({ diskGb: z.number().int().min(1) }),
  output: z.object({ orderId: z.string(), madeAt: z.date() }),
  status: 202,
  useCase: (ctx, { params, body }) => {
    calls.push({ ...params, ...body });
    if (body.diskGb === 13) throw new AppError("INVALID_STATE", { object: "order" });
    if (body.diskGb === 66) throw new Error("a secret cause");
    return { orderId: `${params.id}-${calls.length}`, madeAt: ctx.now, internalNote: "stays here" };
  },
  headers: ({ orderId }) => ({ Location: `/orders/${orderId}` }),
});
const GET = defineRoute({
  summary: "List",
  access: "anyone",
  query: pageQuery.extend({ ownOnly: z.boolean().optional() }),
  output: pageOf(z.object({ fullName: z.string() })),
  useCase: (_ctx, { query }) => ({ items: [{ fullName: JSON.stringify(query) }], nextCursor: "next" }),
});

let cookie: string;
let forcedCookie: string;

async function aCookie(forcePasswordChange: boolean): Promise<string> {
  const [userId, id, expiresAt] = [newId(), newId(), new Date(Date.now() + 3_600_000)];
  await db().user.create({
    data: { id: userId, username: userId, displayName: "Ada", forcePasswordChange },
    select: { id: true },
  });
  await db().userSession.create({ data: { id, userId, sessionVersion: 1, expiresAt }, select: { id: true } });
  return `session_id=${await signSessionCookie({ id, userId, expiresAt })}`;
}

beforeAll(async () => {
  cookie = await aCookie(false);
  forcedCookie = await aCookie(true);
});
beforeEach(() => calls.splice(0));

interface Sent {
  body?: string;
  headers?: Record<string, string>;
}

function post({ body = '{"disk_gb":5}', headers = {} }: Sent = {}): Promise<Response> {
  const request = new Request("http://portal.example/api/v1/orders/7", {
    method: "POST",
    body,
    headers: { cookie, "content-type": "application/json", host: "portal.example", ...headers },
  });
  return POST(request, { params: Promise.resolve({ id: "7" }) });
}

test("a request is parsed, called and answered in the names of the wire, and nothing else leaves", async () => {
  const response = await post({ headers: { "x-request-id": "client-chosen-1" } });
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe("/orders/7-1");
  expect(response.headers.get("x-request-id")).toBe("client-chosen-1");
  expect(await response.json()).toEqual({ order_id: "7-1", made_at: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(calls).toEqual([{ id: "7", diskGb: 5 }]);
});

test("a list has a cursor and says whether there is more", async () => {
  const request = new Request("http://portal.example/api/v1/orders?per_page=5&own_only=true");
  const body = await (await GET(request, { params: Promise.resolve({}) })).json();
  expect(body).toEqual({
    items: [{ full_name: '{"perPage":5,"ownOnly":true}' }],
    pagination: { per_page: 5, next_cursor: "next", has_next: true },
  });
});

describe("is refused before anything happens:", () => {
  test.each<[string, Sent, number, string]>([
    ["no cookie", { headers: { cookie: "" } }, 401, "UNAUTHORIZED"],
    ["a cookie of an ended session", { headers: { cookie: "session_id=x.y.z" } }, 401, "SESSION_EXPIRED"],
    ["another site's page", { headers: { origin: "https://evil.example" } }, 403, "FOREIGN_ORIGIN"],
    [
      "another site by the browser's word",
      { headers: { "sec-fetch-site": "cross-site" } },
      403,
      "FOREIGN_ORIGIN",
    ],
    ["a broken body", { body: '{"disk_gb":' }, 400, "INVALID_REQUEST"],
    ["another kind of body", { headers: { "content-type": "text/plain" } }, 400, "INVALID_REQUEST"],
    ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 400, "INVALID_REQUEST"],
    ["an unknown field", { body: '{"disk_gb":5,"name":"x"}' }, 400, "INVALID_REQUEST_FIELD"],
    ["a missing field", { body: "{}" }, 400, "VALIDATION_FAILED"],
    ["a body that is no object", { body: "[]" }, 400, "VALIDATION_FAILED"],
    ["a wrong value", { body: '{"disk_gb":0}' }, 400, "VALIDATION_FAILED"],
    [
      "a body over a mebibyte",
      { body: JSON.stringify({ x: "y".repeat(1_048_577) }) },
      413,
      "REQUEST_TOO_LARGE",
    ],
    ["a key that is none", { headers: { "idempotency-key": "a b" } }, 400, "INVALID_REQUEST"],
  ])("%s", async (_what, sent, status, code) => {
    const response = await post(sent);
    expect([response.status, (await response.json()).code]).toEqual([status, code]);
    expect(calls).toEqual([]);
  });

  test("somebody who must change their password first", async () => {
    const response = await post({ headers: { cookie: forcedCookie } });
    expect([response.status, (await response.json()).code]).toEqual([403, "PASSWORD_CHANGE_REQUIRED"]);
  });

  test("with each field named", async () => {
    const { field_errors } = await (await post({ body: '{"disk_gb":"five","diskGb":5}' })).json();
    expect(field_errors).toMatchObject([
      { field: "diskGb", code: "unknown_field" },
      { field: "disk_gb", code: "invalid_type", params: { expected: "number" } },
    ]);
  });
});

test("a refusal of the use case keeps its code; a fault of ours says nothing of its cause", async () => {
  const refused = await post({ body: '{"disk_gb":13}' });
  expect([refused.status, (await refused.json()).code]).toEqual([409, "INVALID_STATE"]);
  const failed = await post({ body: '{"disk_gb":66}' });
  const body = await failed.text();
  expect([failed.status, JSON.parse(body).code]).toEqual([500, "INTERNAL_ERROR"]);
  expect(body).not.toContain("secret");
});

describe("under an Idempotency-Key", () => {
  const headers = () => ({ "idempotency-key": newId() });

  test("the same request is done once and answered the same", async () => {
    const sent = { headers: headers() };
    const [first, again] = [await post(sent), await post(sent)];
    expect(calls).toHaveLength(1);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect([again.status, again.headers.get("location")]).toEqual([202, first.headers.get("location")]);
    expect(await again.json()).toEqual(await first.json());
  });

  test("another body is refused", async () => {
    const sent = { headers: headers() };
    await post(sent);
    const response = await post({ ...sent, body: '{"disk_gb":6}' });
    expect([response.status, (await response.json()).code]).toEqual([409, "IDEMPOTENCY_MISMATCH"]);
    expect(calls).toHaveLength(1);
  });

  test("of many at once one is done", async () => {
    const sent = { headers: headers() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(sent)));
    expect(calls).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => [202, 409].includes(status))).toBe(true);
  });

  test("a refusal may be tried again", async () => {
    const sent = { headers: headers() };
    expect((await post({ ...sent, body: '{"disk_gb":13}' })).status).toBe(409);
    expect((await post(sent)).status).toBe(202);
  });

  test("another person's key is another key", async () => {
    const sent = headers();
    await post({ headers: sent });
    expect((await post({ headers: { ...sent, cookie: await aCookie(false) } })).status).toBe(202);
    expect(calls).toHaveLength(2);
  });
});
