import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/lib/core/ids";
import { openSuite } from "../count-refusals";
import { callDoor, type Answered, type Sent } from "./doors/call-door";
import { fillPath, fillRequest } from "./doors/fill-request";
import { furnishSystem, type Furniture } from "./doors/furnish-system";
import { listDoors, parametersOf, type Door } from "./doors/list-doors";
import { addToken, aNewPerson, bearerHeader, cookieHeader, newSession } from "./doors/make-people";
import { routeExpectations } from "./route-expectations";

const inputsMin = 500;
const suite = openSuite("object references");
const doors = await listDoors();
/** A row that is somebody's else, or one that the platform keeps for whoever administers it. */
const guarded = doors.filter(({ name, path }) => {
  const expected = routeExpectations[name];
  return (
    parametersOf(path).length > 0 &&
    expected !== undefined &&
    !["anyone", "self"].includes(expected.kind) &&
    !isOffered(path)
  );
});
/** The catalogue is everybody's who may ask for a machine. */
function isOffered(path: string): boolean {
  return /^\/api\/v1\/(?:templates|template-logos)\/\{id\}/.test(path);
}
let theirs: Furniture;
let ours: Furniture;
let people: Somebody[];

interface Somebody {
  name: string;
  headers: Record<string, string>;
  isToken: boolean;
  /** Namespaces are no System's: whoever reads machines in their environment knows them. */
  knowsNamespaces: boolean;
}

beforeAll(async () => {
  [theirs, ours] = [await furnishSystem(), await furnishSystem()];
  people = await peopleOf(ours.systemId);
}, 60_000);
afterAll(() => suite.print(inputsMin));

/** Everybody of our System, none of whom the other one knows. */
async function peopleOf(systemId: string): Promise<Somebody[]> {
  const seats = [
    { name: "an owner", given: { role: "role-development-engineer", seat: { systemId, role: "owner" } } },
    { name: "a viewer", given: { role: "role-viewer", seat: { systemId, role: "viewer" } } },
    { name: "an approver", given: { role: "role-approval-admin", within: systemId } },
    { name: "an administrator of one system", given: { role: "role-platform-admin", within: systemId } },
  ] as const;
  const signedIn = await Promise.all(
    seats.map(async ({ name, given }) => {
      const { actor } = await aNewPerson(given);
      const session = await newSession(actor.id, { mfaAt: new Date() });
      const knowsNamespaces = given.role !== "role-platform-admin";
      return {
        name,
        headers: cookieHeader(session.cookie),
        userId: actor.id,
        isToken: false,
        knowsNamespaces,
      };
    }),
  );
  const program = await addToken(signedIn[0]?.userId ?? "", { elevated: true });
  const token = { name: "an owner's token", headers: bearerHeader(program.token) };
  return [...signedIn, { ...token, isToken: true, knowsNamespaces: true }];
}

/** The same form, and nothing behind it. */
function inventFurniture(like: Furniture): Furniture {
  const invented = Object.entries(like).map(([key, value]) => [
    key,
    typeof value === "string" ? inventWord(value) : value,
  ]);
  // Every member has the type it had: words stay words.
  return Object.fromEntries(invented) as Furniture;
}

function inventWord(word: string): string {
  if (word.length === 36) return newId();
  return `${word.slice(0, -6)}${Math.random().toString(16).slice(2, 8)}`;
}

interface Place {
  name: string;
  /** Where our own rows stand in the path instead of the foreign ones. */
  own: readonly string[];
}

/** With several parts in a path the first may be our own, and only the last somebody else's. */
function placesOf(door: Door): Place[] {
  const parts = parametersOf(door.path);
  const whole: Place = { name: "a foreign row", own: [] };
  return parts.length < 2
    ? [whole]
    : [whole, { name: "a foreign row below our own", own: parts.slice(0, -1) }];
}

async function requestFor(door: Door, furniture: Furniture, place: Place): Promise<Sent> {
  const [foreign, own] = [fillPath(door.path, furniture), fillPath(door.path, ours)];
  const params = { ...foreign, ...Object.fromEntries(place.own.map((part) => [part, own[part] ?? ""])) };
  return { params, ...(await fillRequest(door.name, furniture)) };
}

/** What the client itself has sent may come back; everything else has to be equal. */
function withoutEcho({ status, text }: Answered, furniture: Furniture): string {
  const sent = Object.values(furniture).filter((value) => typeof value === "string" && value.length > 3);
  const plain = sent.reduce<string>((rest, word) => rest.replaceAll(String(word), "…"), text);
  return `${status} ${plain.replace(/"request_id":"[^"]*"/, "").replaceAll(/[a-z0-9]{9}(?=")/g, "")}`;
}

describe("a foreign row answers as one that never was:", () => {
  test.each(guarded.map((door) => [door.name, door] as const))("%s", async (name, door) => {
    for (const place of placesOf(door)) {
      for (const person of people) {
        if (person.knowsNamespaces && name.includes("/admin/namespaces/")) continue;
        const problem = await compare(door, place, person);
        const caseName = `${name}: ${place.name} asked by ${person.name}`;
        if (problem === "") suite.refused(caseName);
        else suite.accepted(caseName);
        expect.soft(problem, caseName).toBe("");
      }
    }
  });
});

/** Nothing where both are answered alike and refused. */
async function compare(door: Door, place: Place, person: Somebody): Promise<string> {
  const invented = inventFurniture(theirs);
  const ask = async (furniture: Furniture) =>
    callDoor(door, { headers: person.headers, ...(await requestFor(door, furniture, place)) });
  const [foreign, nothing] = [await ask(theirs), await ask(invented)];
  const isSame = withoutEcho(foreign, theirs) === withoutEcho(nothing, invented);
  if (isSame && isHidden(door, place, person) && foreign.status === 404) return "";
  if (isSame && !isHidden(door, place, person) && isRefusal(door, foreign)) return "";
  return `${foreign.status} ${foreign.text}\n${nothing.status} ${nothing.text}`;
}

/** Whether 404 is the only answer; where a right of the whole platform is missing, 403 says so of any id. */
function isHidden({ name }: Door, place: Place, { isToken }: Somebody): boolean {
  const expected = routeExpectations[name];
  if (expected?.kind === "own") return !(expected.session && isToken);
  return expected?.kind === "permission" && expected.on === "system" && place.own.length === 0;
}

function isRefusal({ name }: Door, { status }: Answered): boolean {
  return [401, 403, 404].includes(status) || routeExpectations[name]?.kind === "list";
}

/** Rows that a request names outside its path. */
const named: [string, (foreign: Furniture) => Sent][] = [
  ["GET /api/v1/vms", (f) => ({ query: { system_id: f.systemId } })],
  ["GET /api/v1/vms", (f) => ({ query: { service_id: f.serviceId } })],
  ["GET /api/v1/services", (f) => ({ query: { system_id: f.systemId } })],
  ["GET /api/v1/systems/{id}/members", (f) => ({ query: { resource_type: "vm", resource_id: f.vmId } })],
  [
    "GET /api/v1/systems/{id}/members",
    (f) => ({ query: { resource_type: "service", resource_id: f.serviceId } }),
  ],
  [
    "POST /api/v1/systems/{id}/members",
    (f) => ({ body: { user_id: ours.accountId, role: "viewer", resource_type: "vm", resource_id: f.vmId } }),
  ],
  [
    "POST /api/v1/systems/{id}/access-review/confirm",
    (f) => ({ body: { kind: "member", id: f.memberBindingId } }),
  ],
  [
    "POST /api/v1/systems/{id}/access-review/revoke",
    (f) => ({ body: { kind: "member", id: f.memberBindingId } }),
  ],
  [
    "POST /api/v1/systems/{id}/access-review/revoke",
    (f) => ({ body: { kind: "role", id: f.accountBindingId } }),
  ],
  ["POST /api/v1/vms", (f) => ({ body: { ...wishOf(ours), service_id: f.serviceId } })],
  ["POST /api/v1/vms/request", (f) => ({ body: { ...wishOf(ours), service_id: f.serviceId } })],
  ["POST /api/v1/vms/validate", (f) => ({ body: { ...wishOf(ours), service_id: f.serviceId } })],
];

function wishOf({ templateId, sizeId, namespaceName }: Furniture) {
  return { template_id: templateId, instance_size_id: sizeId, namespace: namespaceName, reason: "A cache" };
}

describe("a row named beside the path answers as one that never was:", () => {
  test.each(named.map(([name, sent], at) => [`${name} ${at}`, name, sent] as const))(
    "%s",
    async (title, name, sent) => {
      const door = doors.find((one) => one.name === name);
      if (door === undefined) throw new Error(`there is no ${name}`);
      for (const person of people) {
        const invented = inventFurniture(theirs);
        const ask = (f: Furniture) =>
          callDoor(door, { headers: person.headers, params: fillPath(door.path, ours), ...sent(f) });
        const [foreign, nothing] = [await ask(theirs), await ask(invented)];
        const isRight =
          withoutEcho(foreign, theirs) === withoutEcho(nothing, invented) &&
          !foreign.text.includes(theirs.canary);
        if (isRight) suite.refused(`${title} by ${person.name}`);
        else suite.accepted(`${title} by ${person.name}`);
        expect.soft(isRight ? "" : `${title} by ${person.name}\n${foreign.text}\n${nothing.text}`).toBe("");
      }
    },
  );
});

test("a foreign row is answered as fast as one that never was, after the same questions to the database", async () => {
  const headers = people[0]?.headers ?? {};
  const queries = vi.spyOn(pg.Client.prototype, "query");
  for (const name of ["systems", "services", "vms", "tickets", "events"]) {
    const door = doors.find((one) => one.name === `GET /api/v1/${name}/{id}`);
    if (door === undefined) throw new Error(`there is no ${name}`);
    const times: Record<"foreign" | "nothing", number[]> = { foreign: [], nothing: [] };
    const asked: Record<"foreign" | "nothing", number[]> = { foreign: [], nothing: [] };
    for (let round = 0; round < 25; round += 1) {
      for (const kind of ["foreign", "nothing"] as const) {
        const params = kind === "foreign" ? fillPath(door.path, theirs) : { id: newId() };
        queries.mockClear();
        const begun = performance.now();
        await callDoor(door, { headers, params });
        times[kind].push(performance.now() - begun);
        asked[kind].push(queries.mock.calls.length);
      }
    }
    expect.soft(Math.min(...asked.foreign), name).toBeGreaterThan(0);
    expect.soft(Math.min(...asked.foreign), name).toBe(Math.min(...asked.nothing));
    // The fastest of each: what else the machine does slows the others down.
    const [foreign, nothing] = [Math.min(...times.foreign), Math.min(...times.nothing)];
    expect.soft(Math.max(foreign, nothing) / Math.min(foreign, nothing), name).toBeLessThan(1.8);
  }
  queries.mockRestore();
}, 60_000);
