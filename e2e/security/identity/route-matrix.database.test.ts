import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissions, type Permission } from "@/lib/vocabulary/permissions";
import { openSuite } from "../count-refusals";
import { callDoor, type Answered } from "./doors/call-door";
import { fillPath, fillRequest } from "./doors/fill-request";
import { furnishSystem, type Furniture } from "./doors/furnish-system";
import { listDoors, type Door } from "./doors/list-doors";
import type { Identity } from "./doors/identity";
import { makeIdentities } from "./doors/make-identities";
import { refuseQuestions } from "./doors/refuse-questions";
import { aNewPerson, cookieHeader, newSession } from "./doors/make-people";
import { mayPass, maySee } from "./judge-access";
import { countRows } from "./count-rows";
import type { Expectation } from "./expectations/expectation";
import { routeExpectations } from "./route-expectations";

const inputsMin = 3_000;
const suite = openSuite("route matrix");
const doors = await listDoors();
let here: Furniture;
let identities: Identity[];
let withoutOne: Map<Permission, Identity>;
let rowsBefore: string;

let worker: ReturnType<typeof refuseQuestions>;
beforeAll(() => {
  worker = refuseQuestions();
});
afterAll(() => worker.stop());
beforeAll(async () => {
  here = await furnishSystem();
  identities = await makeIdentities(here, await furnishSystem());
  withoutOne = await ownersWithoutOne(here.systemId);
  rowsBefore = await countRows();
}, 120_000);
afterAll(() => suite.print(inputsMin));

test("every method of every route is expected, and nothing else is", () => {
  expect(doors.length).toBeGreaterThan(120);
  expect(doors.map(({ name }) => name).sort()).toEqual(Object.keys(routeExpectations).sort());
});

test("a contract asks for no less than what is expected", () => {
  for (const { name, contract } of doors) {
    const expected = expectationOf(name);
    if (contract === null) continue;
    const access = expected.kind === "self" ? (expected.access ?? "signed-in") : undefined;
    const wanted = expected.kind === "anyone" ? "anyone" : (access ?? "signed-in");
    expect([name, contract.access ?? "signed-in"]).toEqual([name, wanted]);
    if (expected.kind !== "permission" && expected.kind !== "list") continue;
    if (expected.kind === "permission" && expected.isUnnoted) continue;
    expect([name, expected.anyOf.some((permission) => contract.permission?.includes(permission))]).toEqual([
      name,
      true,
    ]);
  }
});

describe("whoever may not pass is refused, and whoever may read is answered:", () => {
  test.each(doors.map((door) => [door.name, door] as const))(
    "%s",
    async (name, door) => {
      const expected = expectationOf(name);
      if (expected.kind === "anyone") return;
      const answers = await Promise.all(identities.map((identity) => ask(door, identity, expected)));
      const lacking = expected.kind === "permission" ? await askWithoutOne(door, expected) : [];
      for (const wrong of [...answers, ...lacking].flat()) expect.soft(wrong).toBe("");
    },
    60_000,
  );
});

test("no refused request has changed anything", async () => {
  expect(await countRows()).toBe(rowsBefore);
});

function expectationOf(name: string): Expectation {
  const expected = routeExpectations[name];
  if (expected === undefined) throw new Error(`${name} is not listed`);
  return expected;
}

/** Nothing where all is well, else what is wrong in words. */
async function ask(door: Door, identity: Identity, expected: Expectation): Promise<string[]> {
  const passes = mayPass(identity, door.method, expected);
  // What may pass and changes something is asked elsewhere, on rows of its own.
  if (passes && door.method !== "GET") return [];
  const answer = await send(door, identity);
  if (!passes) return judgeRefusal(`${door.name} by ${identity.name}`, answer);
  if ([401, 403, 500].includes(answer.status))
    return [`${door.name} by ${identity.name}: ${describeAnswer(answer)}`];
  if (expected.kind !== "list" || maySee(identity, expected)) return [];
  return judgeSight(`${door.name} shows nothing to ${identity.name}`, answer);
}

function judgeRefusal(caseName: string, answer: Answered): string[] {
  const isRefused = [401, 403, 404].includes(answer.status) && !answer.text.includes(here.canary);
  if (isRefused) suite.refused(caseName);
  else suite.accepted(caseName);
  return isRefused ? [] : [`${caseName}: ${describeAnswer(answer)}`];
}

function judgeSight(caseName: string, { text }: Answered): string[] {
  const isHidden = ![here.canary, here.systemId, here.ticketId, here.vmId].some((word) =>
    text.includes(word),
  );
  if (isHidden) suite.refused(caseName);
  else suite.accepted(caseName);
  return isHidden ? [] : [`${caseName}: ${text.slice(0, 200)}`];
}

function describeAnswer({ status, text }: Answered): string {
  return `${status} ${text.slice(0, 200)}`;
}

async function send(door: Door, { headers }: Identity): Promise<Answered> {
  return callDoor(door, {
    headers,
    params: fillPath(door.path, here),
    ...(await fillRequest(door.name, here)),
  });
}

/** The System's owner with every permission but the platform's and the one that is asked for. */
async function askWithoutOne(
  door: Door,
  expected: Expectation & { kind: "permission" },
): Promise<string[][]> {
  const [permission, ...others] = expected.anyOf;
  const identity =
    permission && others.length === 0 && !expected.isUnnoted && !expected.or
      ? withoutOne.get(permission)
      : undefined;
  if (identity === undefined) return [];
  return [judgeRefusal(`${door.name} by ${identity.name}`, await send(door, identity))];
}

async function ownersWithoutOne(systemId: string): Promise<Map<Permission, Identity>> {
  const ordinary = permissions.filter((permission) => permission !== "platform:admin");
  const made = await Promise.all(
    ordinary.map(async (without) => {
      const held = ordinary.filter((permission) => permission !== without);
      const { actor } = await aNewPerson({ permissions: held, seat: { systemId, role: "owner" } });
      const { cookie } = await newSession(actor.id, { mfaAt: new Date() });
      const shared = { isLive: true, pendingStep: null, reach: "everywhere", isFresh: true } as const;
      const name = `an owner with all but ${without}`;
      const rest = { permissions: held, role: "owner", isToken: false, isViewing: false } as const;
      return [without, { ...shared, ...rest, name, headers: cookieHeader(cookie) }] as const;
    }),
  );
  return new Map(made);
}
