import { afterAll, expect, test } from "vitest";
import { canMove } from "./state-machine";
import { platformContext } from "./context";
import { db } from "./db";
import { closeEvent, eventMachine, openEvent, recordStep, startEvent, type NewEvent } from "./events";
import { newId } from "./ids";
import { closeJobs } from "./jobs";
import { inTransaction } from "./transaction";

afterAll(closeJobs);

const statuses: readonly NonNullable<NewEvent["status"]>[] = ["PENDING", "PROCESSING", "COMPLETED"];

function anEvent(status?: NewEvent["status"]): Promise<string> {
  return inTransaction((tx) =>
    openEvent(tx, platformContext("test"), {
      type: "VM_CREATION_REQUESTED",
      aggregate: { type: "vm", id: newId() },
      payload: { asked: "for" },
      ...(status === undefined ? {} : { status }),
    }),
  );
}

const read = (id: string) => db().domainEvent.findUniqueOrThrow({ where: { id } });
const newsOf = (id: string) => db().$queryRaw<unknown[]>`
  SELECT 1 FROM pgboss.job WHERE name = 'events.spread-news' AND data ->> 'eventId' = ${id}`;

test("work that needs no decision is due at once, what waits for one is not, what is over has its end", async () => {
  const [pending, processing, completed] = await Promise.all(
    statuses.map((status) => anEvent(status).then(read)),
  );
  expect(pending).toMatchObject({ dueAt: null, startedAt: null, processedAt: null });
  expect(processing).toMatchObject({
    dueAt: expect.any(Date),
    startedAt: expect.any(Date),
    processedAt: null,
  });
  expect(completed).toMatchObject({ dueAt: null, processedAt: expect.any(Date) });
});

test("an event that rolls back leaves neither row nor news", async () => {
  const id = newId();
  const work = inTransaction(async (tx) => {
    const opened = await openEvent(tx, platformContext("test"), {
      id,
      type: "VM_START_REQUESTED",
      aggregate: { type: "vm", id: newId() },
      payload: {},
      status: "PROCESSING",
    });
    await closeEvent(tx, opened, "complete");
    throw new Error("after all, no");
  });
  await expect(work).rejects.toThrow("after all, no");
  expect(await db().domainEvent.findUnique({ where: { id } })).toBeNull();
  expect(await newsOf(id)).toHaveLength(0);
});

test("its payload is for ever", async () => {
  const id = await anEvent();
  await expect(db().$executeRaw`UPDATE domain_events SET payload = '{}' WHERE id = ${id}`).rejects.toThrow();
  expect((await read(id)).payload).toEqual({ asked: "for" });
});

test("it starts once, and starting it again is refused", async () => {
  const id = await anEvent();
  await inTransaction((tx) => startEvent(tx, id));
  await expect(inTransaction((tx) => startEvent(tx, id))).rejects.toMatchObject({ code: "INVALID_STATE" });
});

test("fifty ends at once are one end and one piece of news", async () => {
  const id = await anEvent("PROCESSING");
  const ends = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      inTransaction((tx) => closeEvent(tx, id, index % 2 === 0 ? "complete" : "fail", "why")),
    ),
  );
  expect(ends.filter(Boolean)).toHaveLength(1);
  expect(await newsOf(id)).toHaveLength(1);
  expect(await read(id)).toMatchObject({ dueAt: null, leaseOwner: null, processedAt: expect.any(Date) });
});

test.for(
  statuses.flatMap((status) =>
    (["complete", "fail", "cancel"] as const).map((ending) => [status, ending] as const),
  ),
)("from %s, %s does what the table says and nothing else", async ([status, ending]) => {
  const id = await anEvent(status);
  const closed = await inTransaction((tx) => closeEvent(tx, id, ending));
  expect(closed).toBe(canMove(eventMachine, status, ending));
  expect((await read(id)).status).toBe(closed ? eventMachine.moves[ending].to : status);
});

test("a step is noted when it is first reached", async () => {
  const id = await anEvent("PROCESSING");
  await inTransaction((tx) => recordStep(tx, id, "applied"));
  const first = (await read(id)).steps;
  await inTransaction((tx) => recordStep(tx, id, "applied"));
  await inTransaction((tx) => recordStep(tx, id, "running"));
  expect((await read(id)).steps).toEqual({ ...Object(first), running: expect.any(String) });
});
