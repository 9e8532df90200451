import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as pending } from "@/app/api/v1/external-approval/pending/route";
import { POST as decide } from "@/app/api/v1/external-approval/tickets/[id]/decision/route";
import { POST as callBack } from "@/app/api/v1/webhooks/approval-callback/route";
import { anAskedRemoval } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { rotateSecret } from "@/lib/requests/desks/rotate-secret";
import { createDeskInput } from "@/lib/requests/desks/schema";
import { openSuite } from "../count-refusals";
import { alteredCalls, misnamedCalls, mistimedCalls } from "./signatures/altered-calls";
import { decisionText, makeCall, pendingPath, type Call, type Good } from "./signatures/call";
import { forgedSignatures, misshapenSignatures } from "./signatures/forged-signatures";

const suite = openSuite("signatures of approval systems");
const inputsMin = 85;
let administrator: Context;
let good: Good;

beforeAll(async () => {
  administrator = await anAdministrator();
  await aPerson("role-approval-admin");
  const desk = await aDesk({ sortOrder: 1 });
  const { ticketId } = await anAskedRemoval();
  good = { deskId: desk.id, ticketId, secret: "the-callback-secret-of-the-test" };
});
afterAll(() => suite.print(inputsMin));

function aDesk(over: object = {}) {
  const input = {
    type: "webhook",
    name: `desk-${newId()}`,
    webhookUrl: "https://desk.example/approvals",
    signingKey: "the-signing-key-of-the-test",
    callbackSecret: "the-callback-secret-of-the-test",
    enabled: true,
    ...over,
  };
  return createDesk(administrator, createDeskInput.parse(input));
}

function send({ method, path, query, headers, body }: Call): Promise<Response> {
  const url = `http://portal.example${path}${query === "" ? "" : `?${query}`}`;
  const request = new Request(url, { method, headers, ...(body === null ? {} : { body }) });
  if (path === pendingPath) return pending(request);
  const ticketId = /tickets\/([^/]+)\/decision$/.exec(path)?.[1];
  return ticketId === undefined
    ? callBack(request)
    : decide(request, { params: Promise.resolve({ id: ticketId }) });
}

/** Refused with the one answer there is, on record, and nothing decided. */
async function tryCall(name: string, call: Call, ticketId = good.ticketId): Promise<void> {
  const recorded = await countRefusals();
  const answer = await send(call);
  const { code } = (await answer.json()) as { code: string };
  const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  const isRight =
    answer.status === 401 &&
    code === "INVALID_SIGNATURE" &&
    ticket.status === "PENDING" &&
    (await countRefusals()) === recorded + 1;
  if (isRight) suite.refused(name);
  else suite.accepted(`${name} (${answer.status} ${code}, ${ticket.status})`);
}

const countRefusals = () =>
  db().auditLog.count({ where: { action: "external_approval_system.refused", outcome: "failure" } });

async function tryAll(kind: string, calls: Record<string, Call>): Promise<void> {
  for (const [name, call] of Object.entries(calls)) await tryCall(`${kind}: ${name}`, call);
}

test("signatures in another form", () => tryAll("form", misshapenSignatures(good)));
test("signatures of somebody without the secret", () => tryAll("forged", forgedSignatures(good)));
test("calls that were altered", () => tryAll("altered", alteredCalls(good)));
test("calls of another time", () => tryAll("time", mistimedCalls(good)));

test("calls in another desk's name", async () => {
  const other = await aDesk({ callbackSecret: "the-secret-of-another-desk", sortOrder: 2 });
  const closed = await aDesk({ enabled: false });
  await tryAll("desk", misnamedCalls(good, { otherId: other.id, closedId: closed.id, name: other.name }));
  const bySecretOfOther = makeCall({ ...good, deskId: other.id }, { signed: { secret: good.secret } });
  await tryCall("desk: another one with this one's secret", bySecretOfOther);
});

test("questions for what is pending", async () => {
  const asked = (over: object = {}) =>
    makeCall(good, { signed: { method: "GET", path: pendingPath, body: null, ...over } });
  expect((await send(asked())).status).toBe(200);
  await tryCall("pending: signed with a body", {
    ...makeCall(good, { signed: { method: "GET", path: pendingPath, body: "" } }),
    body: null,
  });
  await tryCall("pending: for another query", { ...asked(), query: "all=true" });
  await tryCall("pending: signed for the callback", {
    ...makeCall(good),
    method: "GET",
    path: pendingPath,
    body: null,
  });
  await tryCall("pending: an hour ago", asked({ timestamp: String(Math.floor(Date.now() / 1000) - 3_600) }));
});

test("secrets that no longer count", async () => {
  const desk = await aDesk({ routes: [{ environments: ["nowhere"] }] });
  const withSecret = (secret: string) => makeCall({ ...good, deskId: desk.id, secret });
  const first = good.secret;
  const second =
    (await rotateSecret(administrator, { deskId: desk.id, secret: "callback_secret", overlapHours: 1 }))
      .value ?? "";
  expect((await send(withSecret(first))).status).toBe(404);
  await db().$executeRaw`
    UPDATE external_callback_secrets SET ends_at = now() - interval '1 second'
    WHERE external_system_id = ${desk.id} AND ends_at IS NOT NULL`;
  await tryCall("secret: after its overlap", withSecret(first));
  await rotateSecret(administrator, { deskId: desk.id, secret: "callback_secret", overlapHours: 1 });
  expect((await send(withSecret(second))).status).toBe(404);
  await tryCall("secret: two renewals ago", withSecret(first));
  await rotateSecret(administrator, { deskId: desk.id, secret: "callback_secret", overlapHours: 0 });
  await tryCall("secret: renewed without an overlap", withSecret(second));
  await db().externalApprovalSystem.delete({ where: { id: desk.id } });
  await tryCall("secret: of a desk that is gone", withSecret(second));
});

test("an address that goes on and on is refused, and fills no log", async () => {
  const storm = makeCall(good, {
    headers: { "x-shepherd-address": "192.0.2.9", "x-signature-256": "sha256=" },
  });
  const before = await countRefusals();
  const answers = await Promise.all(Array.from({ length: 200 }, () => send(storm)));
  expect(answers.every(({ status }) => status === 401)).toBe(true);
  expect((await countRefusals()) - before).toBe(60);
});

/** Rightly signed, and still no decision. */
test("calls that contradict themselves or are too large", async () => {
  const { ticketId } = good;
  const decisionPath = `/api/v1/external-approval/tickets/${ticketId}/decision`;
  const statusOf = async (name: string, call: Call, wanted: number) => {
    const { status } = await send(call);
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
    if (status === wanted && ticket.status === "PENDING") suite.refused(name);
    else suite.accepted(`${name} (${status})`);
  };
  const signed = (body: string) => makeCall(good, { signed: { body } });
  await statusOf(
    "content: its header names another ticket",
    makeCall(good, { headers: { "x-ticket-id": newId() } }),
    400,
  );
  await statusOf("content: its header names none", makeCall(good, { headers: { "x-ticket-id": null } }), 400);
  await statusOf("content: its body names another ticket", signed(decisionText(newId())), 400);
  const elsewhere = { path: decisionPath.replace(ticketId, newId()) };
  await statusOf("content: its path names another ticket", makeCall(good, { signed: elsewhere }), 400);
  await statusOf("content: no JSON", signed("approved"), 400);
  await statusOf("content: no object", signed("[]"), 400);
  await statusOf(
    "content: nobody decided",
    signed(decisionText(ticketId).replace("ann@desk.example", " ")),
    400,
  );
  await statusOf("content: a word for yes", signed(decisionText(ticketId).replace("true", '"yes"')), 400);
  await statusOf("content: NUL", signed(decisionText(ticketId).replace("ann", "a\\u0000nn")), 400);
  await statusOf(
    "content: a member nobody knows",
    signed(decisionText(ticketId).replace("}", ',"force":true}')),
    400,
  );
  await statusOf("content: too large", signed(" ".repeat(64 * 1024) + decisionText(ticketId)), 413);
});

test("a good call passes, and fifty replays of it change nothing more", async () => {
  const call = makeCall(good);
  expect((await send(call)).status).toBe(200);
  const before = await db().auditLog.count({ where: { resourceId: good.ticketId } });
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(call)));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(new Set(texts).size).toBe(1);
  expect(await db().auditLog.count({ where: { resourceId: good.ticketId } })).toBe(before);
});
