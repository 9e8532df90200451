import { aPerson } from "@/e2e/factories/person";
import { startOwnDatabase } from "@/e2e/faults/own-database";
import { z } from "zod";
import { defineRoute, type Route } from "@/app/_http/define-route";
import { GET, PATCH } from "@/app/api/v1/systems/[id]/route";
import { platformContext } from "@/lib/core/context";
import { closeDb, db } from "@/lib/core/db";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { createSystem } from "@/lib/systems/create-system";
import { readSystem } from "@/lib/systems/queries";
import { systemRow, updateSystemInput } from "@/lib/systems/schema";
import { updateSystem } from "@/lib/systems/update-system";
import { compare, measurePairs } from "./ground/pairs";
import { logEveryStatement, StatementLog } from "./ground/statement-log";

/**
 * P17: a request through its door with authorization, against the same door, session check, parsing and use case in the
 * platform's name, which passes every check at once. Statements are counted in the server's own log.
 */
const pairCount = 16;
const requestsPerBlock = 60;

const path = z.strictObject({ id: z.string() });
const uncheckedRead = defineRoute({
  summary: "Read without a check",
  params: path,
  output: systemRow,
  useCase: (_ctx, { params }) => readSystem(platformContext("bench"), params.id),
});
const uncheckedWrite = defineRoute({
  summary: "Write without a check",
  params: path,
  body: updateSystemInput.omit({ systemId: true }),
  useCase: (_ctx, { params, body }) =>
    updateSystem(platformContext("bench"), { systemId: params.id, ...body }),
});

const log = new StatementLog();
const database = await startOwnDatabase(log.read);
try {
  const person = await aPerson("role-development-engineer", { environments: ["test", "prod"] });
  const { id } = await createSystem(person, { name: "bench", description: "" });
  const cookie = await sessionOf(person.actor.id);
  const read = (route: Route) => () => ask(route, new Request(address(id), { headers: { cookie } }), id);
  const write = (route: Route) => () => ask(route, changeRequest(id, cookie), id);
  console.log(
    JSON.stringify({
      bench: "P17 authorize",
      goal: "<=1.15, at most 1 statement more",
      read: compare(await measure(read(uncheckedRead), read(GET))),
      write: compare(await measure(write(uncheckedWrite), write(PATCH))),
      statements: await countStatements({
        readUnchecked: read(uncheckedRead),
        read: read(GET),
        writeUnchecked: write(uncheckedWrite),
        write: write(PATCH),
      }),
    }),
  );
} finally {
  await closeDb();
  await database.stop();
}

function address(id: string): string {
  return `http://127.0.0.1/api/v1/systems/${id}`;
}

function changeRequest(id: string, cookie: string): Request {
  const headers = { cookie, "content-type": "application/json", origin: "http://127.0.0.1:3000" };
  return new Request(address(id), {
    method: "PATCH",
    headers,
    body: JSON.stringify({ description: "Again" }),
  });
}

async function ask(route: Route, request: Request, id: string): Promise<void> {
  const answer = await route(request, { params: Promise.resolve({ id }) });
  if (!answer.ok) throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function sessionOf(userId: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({ data: { id: `session-${userId}`, userId, sessionVersion: 1, expiresAt } });
  return `session_id=${await signSessionCookie({ id: `session-${userId}`, userId, expiresAt })}`;
}

function measure(baseline: () => Promise<void>, ours: () => Promise<void>) {
  return measurePairs(pairCount, { baseline: () => block(baseline), ours: () => block(ours) });
}

async function block(request: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  for (let index = 0; index < requestsPerBlock; index += 1) await request();
  return performance.now() - begun;
}

async function countStatements(
  requests: Record<string, () => Promise<void>>,
): Promise<Record<string, number>> {
  await logEveryStatement(database.url);
  const counts: Record<string, number> = {};
  for (const [name, request] of Object.entries(requests)) {
    await pause();
    const from = log.statements.length;
    await request();
    await pause();
    counts[name] = log.statements.length - from;
  }
  return counts;
}

/** The server writes its log a little later than it answers. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}
