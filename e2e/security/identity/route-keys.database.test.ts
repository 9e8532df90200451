import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { callDoor, type Answered } from "./doors/call-door";
import { fillPath, fillRequest } from "./doors/fill-request";
import { furnishSystem, type Furniture } from "./doors/furnish-system";
import { listDoors, type Door } from "./doors/list-doors";
import { refuseQuestions } from "./doors/refuse-questions";
import { aNewPerson, cookieHeader, newSession } from "./doors/make-people";
import type { Expectation } from "./expectations/expectation";
import { routeExpectations } from "./route-expectations";

/** What is wrong with these is found only after the sender was let in. */
const merits: Record<string, string> = {
  "POST /api/v1/admin/auth-providers/read-metadata": '"field":"metadata"',
  "PUT /api/v1/admin/clusters/{id}/storage-classes/default": '"field":"storage_class"',
  "POST /api/v1/admin/image-uploads": '"field":"storage_class"',
  // Whoever may not would be told that there is no such machine.
  "POST /api/v1/vms/{id}/initial-password": '"code":"RESOURCE_NOT_FOUND"',
};

let worker: ReturnType<typeof refuseQuestions>;
beforeAll(() => {
  worker = refuseQuestions();
});
afterAll(() => worker.stop());

type Keyed = Expectation & { kind: "permission" };

const doors = (await listDoors()).flatMap((door) => {
  const expected = routeExpectations[door.name];
  return expected?.kind === "permission" ? [{ door, expected }] : [];
});

// A matrix of refusals alone would also be full where nothing works.
describe("who holds just what a route asks for passes:", () => {
  test.each(doors.map(({ door, expected }) => [door.name, door, expected] as const))(
    "%s",
    async (_name, door, expected) => {
      const furniture = await furnitureFor(door);
      if (expected.fresh) await requireRefusalOfStale(door, { expected, furniture });
      const answer = await send(door, furniture, await keyHolder(expected, furniture, new Date()));
      if ([400, 404].includes(answer.status) && isJudgedOnMerit(door, answer)) return;
      expect([400, 401, 403, 404, 405, 500], answer.text).not.toContain(answer.status);
    },
    60_000,
  );
});

let read: Promise<Furniture> | undefined;

/** What only reads leaves the rows as they are, so that all of it may read the same. */
async function furnitureFor({ name }: Door): Promise<Furniture> {
  if (name.startsWith("GET ")) return (read ??= furnishSystem());
  // Who decided about earlier furniture would be asked about, and told of, all that comes.
  await db().roleBinding.deleteMany({ where: { user: { is: { username: { not: "admin" } } } } });
  return furnishSystem();
}

async function requireRefusalOfStale(
  door: Door,
  { expected, furniture }: { expected: Keyed; furniture: Furniture },
): Promise<void> {
  const longAgo = new Date(Date.now() - 3_600_000);
  const answer = await send(door, furniture, await keyHolder(expected, furniture, longAgo));
  expect([answer.status, answer.code]).toEqual([401, "MFA_REQUIRED"]);
}

async function keyHolder(expected: Keyed, { systemId }: Furniture, mfaAt: Date): Promise<string> {
  const permissions = [...expected.anyOf.slice(0, 1), ...(expected.beside ?? [])];
  const seat = expected.role === undefined ? {} : { seat: { systemId, role: expected.role } };
  const { actor } = await aNewPerson({ permissions, ...seat });
  return (await newSession(actor.id, { mfaAt })).cookie;
}

async function send(door: Door, furniture: Furniture, cookie: string): Promise<Answered> {
  const filled = await fillRequest(door.name, furniture);
  return callDoor(door, { headers: cookieHeader(cookie), params: fillPath(door.path, furniture), ...filled });
}

function isJudgedOnMerit({ name }: Door, { text }: Answered): boolean {
  const field = merits[name];
  return field !== undefined && text.includes(field);
}
