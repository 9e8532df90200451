import { afterAll, describe, expect, test } from "vitest";
import { platformContext } from "./context";
import { db } from "./db";
import { openEvent } from "./events";
import { newId } from "./ids";
import { closeJobs } from "./jobs";
import { extendLease, holdLease, LeaseLost, restEvent, returnLeases, takeLease, type Lease } from "./leases";
import { findDueEvents } from "./sweep";
import { inTransaction } from "./transaction";

afterAll(closeJobs);

function aDueEvent(): Promise<string> {
  return inTransaction((tx) =>
    openEvent(tx, platformContext("test"), {
      type: "VM_CREATION_REQUESTED",
      aggregate: { type: "vm", id: newId() },
      payload: {},
      status: "PROCESSING",
    }),
  );
}

async function taken(eventId: string, owner = "one"): Promise<Lease> {
  const lease = await takeLease(eventId, owner);
  if (lease === null) throw new Error("the event is not free");
  return lease;
}

async function runOut(eventId: string): Promise<void> {
  await db()
    .$executeRaw`UPDATE domain_events SET lease_until = now() - interval '1 second' WHERE id = ${eventId}`;
}

const read = (id: string) => db().domainEvent.findUniqueOrThrow({ where: { id } });
const rest = { dueInSeconds: 30, failed: true, steps: [], message: "busy" };

describe("taking", () => {
  test("of fifty who want an event at once, one gets it", async () => {
    const eventId = await aDueEvent();
    const leases = await Promise.all(
      Array.from({ length: 50 }, (_, index) => takeLease(eventId, `owner-${index}`)),
    );
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
  });

  test("a live lease keeps others away, one that has run out does not, and each taking has a larger token", async () => {
    const eventId = await aDueEvent();
    const first = await taken(eventId);
    expect(await takeLease(eventId, "two")).toBeNull();
    await runOut(eventId);
    expect((await taken(eventId, "two")).token).toBeGreaterThan(first.token);
  });

  test("what is not due yet or has ended is not taken", async () => {
    const resting = await aDueEvent();
    const lease = await taken(resting);
    await inTransaction((tx) => restEvent(tx, lease, rest));
    expect(await takeLease(resting, "two")).toBeNull();
    const ended = await aDueEvent();
    await db().$executeRaw`UPDATE domain_events SET status = 'COMPLETED' WHERE id = ${ended}`;
    expect(await takeLease(ended, "two")).toBeNull();
  });

  test("a worker that stops hands its work back at once, and only its own", async () => {
    const [mine, other] = [await aDueEvent(), await aDueEvent()];
    const owner = newId();
    await taken(mine, owner);
    await taken(other, "somebody else");
    await returnLeases(owner);
    expect(await takeLease(mine, "two")).not.toBeNull();
    expect(await takeLease(other, "two")).toBeNull();
  });
});

describe("a zombie, whose lease somebody else has taken over", () => {
  async function zombie(): Promise<Lease> {
    const eventId = await aDueEvent();
    const lease = await taken(eventId);
    await runOut(eventId);
    await taken(eventId, "two");
    return lease;
  }

  test("cannot extend, rest or end the work, and its write changes no row", async () => {
    const lease = await zombie();
    const before = await read(lease.eventId);

    expect(await extendLease(lease)).toBe(false);
    await expect(inTransaction((tx) => restEvent(tx, lease, rest))).rejects.toThrow(LeaseLost);
    await expect(inTransaction((tx) => holdLease(tx, lease))).rejects.toThrow(LeaseLost);

    expect(await read(lease.eventId)).toEqual(before);
  });

  test("takes what it wrote in the same transaction back with it", async () => {
    const lease = await zombie();
    const id = newId();
    const write = inTransaction(async (tx) => {
      await tx.user.create({ data: { id, username: id, displayName: id }, select: { id: true } });
      await holdLease(tx, lease);
    });
    await expect(write).rejects.toThrow(LeaseLost);
    expect(await db().user.findUnique({ where: { id } })).toBeNull();
  });

  test("is turned away as well when the work has ended meanwhile", async () => {
    const eventId = await aDueEvent();
    const lease = await taken(eventId);
    await db().$executeRaw`UPDATE domain_events SET status = 'COMPLETED' WHERE id = ${eventId}`;
    expect(await extendLease(lease)).toBe(false);
    await expect(inTransaction((tx) => holdLease(tx, lease))).rejects.toThrow(LeaseLost);
  });
});

describe("resting", () => {
  test("counts a failed attempt, keeps the words, notes the steps once and frees the event", async () => {
    const eventId = await aDueEvent();
    await inTransaction(async (tx) =>
      restEvent(tx, await taken(eventId), { ...rest, dueInSeconds: 0, steps: ["namespace"] }),
    );
    const first = await read(eventId);
    expect(first).toMatchObject({ attempt: 1, errorMessage: "busy", leaseOwner: null, leaseUntil: null });
    const again = await taken(eventId, "two");
    expect(again.steps).toEqual(first.steps);
    await inTransaction((tx) =>
      restEvent(tx, again, { dueInSeconds: 0, failed: false, steps: ["namespace", "applied"] }),
    );
    const second = await read(eventId);
    expect(second).toMatchObject({ attempt: 1, errorMessage: null });
    expect(second.steps).toMatchObject({ namespace: again.steps.namespace, applied: expect.any(String) });
  });
});

describe("the sweep", () => {
  const isSwept = async (id: string) => (await findDueEvents()).some((event) => event.id === id);

  test("finds work whose worker died, and leaves alone what is held, resting or fresh from the queue", async () => {
    const [dead, held, resting, fresh] = [
      await aDueEvent(),
      await aDueEvent(),
      await aDueEvent(),
      await aDueEvent(),
    ];
    await taken(dead);
    await runOut(dead);
    await taken(held);
    await inTransaction(async (tx) => restEvent(tx, await taken(resting), rest));

    expect(await isSwept(dead)).toBe(true);
    expect(await isSwept(held)).toBe(false);
    expect(await isSwept(resting)).toBe(false);
    expect(await isSwept(fresh)).toBe(false);
  });

  test("finds fresh work too when its job has not come for a while", async () => {
    const eventId = await aDueEvent();
    await db()
      .$executeRaw`UPDATE domain_events SET due_at = now() - interval '6 seconds' WHERE id = ${eventId}`;
    expect(await isSwept(eventId)).toBe(true);
  });

  test("gives each new try a turn of its own, so that a quick second one need not wait for the first one's", async () => {
    const eventId = await aDueEvent();
    const turn = async () => (await findDueEvents()).find(({ id }) => id === eventId)?.turn;
    const tried = async () =>
      inTransaction(async (tx) => restEvent(tx, await taken(eventId), { ...rest, dueInSeconds: 0 }));
    await tried();
    const first = await turn();
    await tried();
    expect(await turn()).not.toBe(first);
    expect(first).toContain(eventId);
  });
});
