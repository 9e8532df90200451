import { beforeEach, describe, expect, test } from "vitest";
import { db } from "./db";
import { newId } from "./ids";
import { extendLease, restEvent, takeLease } from "./leases";
import { findTurns } from "./permits";
import { inTransaction } from "./transaction";

beforeEach(async () => {
  await db().$executeRaw`DELETE FROM domain_events`;
  await allow(4, 10);
});

async function allow(perCluster: number, inAll: number) {
  for (const [key, value] of [
    ["k8s.per_cluster_limit", perCluster],
    ["k8s.global_limit", inAll],
  ] as const) {
    await db().platformSetting.upsert({
      where: { key },
      create: { key, value, updatedBy: "test" },
      update: { value },
      select: { key: true },
    });
  }
}

async function someEvents(clusterId: string | null, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await db().domainEvent.createMany({
    data: ids.map((id) => ({
      id,
      eventType: "VM_CREATION_REQUESTED",
      aggregateType: "vm",
      aggregateId: id,
      payload: {},
      requestedBy: "test",
      requestId: "test",
      status: "PROCESSING",
      dueAt: new Date(Date.now() - 1_000),
      startedAt: new Date(Date.now() - 1_000),
      clusterId,
    })),
  });
  return ids;
}

async function takeAll(ids: string[]) {
  const leases = await Promise.all(ids.map((id, index) => takeLease(id, `worker-${index % 3}`)));
  return leases.filter((lease) => lease !== null);
}

const readEvent = (id: string) => db().domainEvent.findUniqueOrThrow({ where: { id } });

describe("permits at a cluster", () => {
  test("of thirty at once four are taken; the rest queue there and spend no attempt", async () => {
    const ids = await someEvents("a", 30);
    const taken = await takeAll(ids);
    expect(taken).toHaveLength(4);
    const queued = await db().domainEvent.findMany({ where: { queuedAt: { not: null } } });
    expect(queued).toHaveLength(26);
    expect(queued.every(({ attempt, leaseOwner }) => attempt === 0 && leaseOwner === null)).toBe(true);
  });

  test("many clusters at once stay within the limit of all, and each within its own", async () => {
    const ids = (await Promise.all(["a", "b", "c", "d"].map((cluster) => someEvents(cluster, 8)))).flat();
    const taken = await takeAll(ids);
    expect(taken).toHaveLength(10);
    const most = Math.max(
      ...["a", "b", "c", "d"].map((at) => taken.filter((x) => x.clusterId === at).length),
    );
    expect(most).toBeLessThanOrEqual(4);
  });

  test("what asks no cluster needs no permit", async () => {
    await allow(1, 1);
    await takeAll(await someEvents("a", 2));
    expect(await takeAll(await someEvents(null, 5))).toHaveLength(5);
  });

  test("a permit handed back is the next one's, the longest waiting first", async () => {
    const ids = await someEvents("a", 6);
    const taken = await takeAll(ids.slice(0, 4));
    const [fifth = "", sixth = ""] = ids.slice(4);
    expect(await takeLease(fifth, "one")).toBeNull();
    expect(await takeLease(sixth, "one")).toBeNull();
    expect(await findTurns()).toEqual([]);
    const [first] = taken;
    if (first === undefined) throw new Error("nothing was taken");
    await inTransaction((tx) => restEvent(tx, first, { dueInSeconds: 60, failed: false, steps: [] }));
    expect((await findTurns()).map(({ eventId }) => eventId)).toEqual([fifth]);
    expect(await takeLease(fifth, "one")).not.toBeNull();
    expect(await readEvent(fifth)).toMatchObject({ queuedAt: null, attempt: 0 });
  });

  test("a permit ends with the lease that is not kept, and lives on with one that is", async () => {
    await allow(1, 10);
    const [first = "", second = ""] = await someEvents("a", 2);
    const lease = await takeLease(first, "one");
    if (lease === null) throw new Error("nothing was taken");
    expect(await takeLease(second, "two")).toBeNull();
    await extendLease(lease);
    expect(await takeLease(second, "two")).toBeNull();
    await db()
      .$executeRaw`UPDATE domain_events SET lease_until = now() - interval '1 second' WHERE id = ${first}`;
    expect((await findTurns()).map(({ eventId }) => eventId)).toEqual([second]);
    expect(await takeLease(second, "two")).not.toBeNull();
  });

  test("the turns go round: a cluster with a long queue takes nothing from the others", async () => {
    await allow(4, 6);
    const busy = await someEvents("a", 20);
    expect(await takeAll(busy)).toHaveLength(4);
    const others = [...(await someEvents("b", 4)), ...(await someEvents("c", 4))];
    expect(await takeAll(others)).toHaveLength(2);
    await db()
      .$executeRaw`UPDATE domain_events SET lease_owner = NULL, lease_until = NULL, due_at = now() + interval '1 hour'
      WHERE lease_owner IS NOT NULL`;
    const clusterOf = new Map(
      (await db().domainEvent.findMany()).map(({ id, clusterId }) => [id, clusterId]),
    );
    const turns = (await findTurns()).map(({ eventId }) => clusterOf.get(eventId));
    expect(turns).toHaveLength(6);
    expect(turns.filter((at) => at === "a")).toHaveLength(2);
  });

  test("the time in the queue is not the operation's own", async () => {
    await allow(1, 10);
    const [first = "", second = ""] = await someEvents("a", 2);
    await takeLease(first, "one");
    await takeLease(second, "one");
    await db().$executeRaw`UPDATE domain_events SET queued_at = queued_at - interval '1 hour',
      started_at = started_at - interval '1 hour' WHERE id = ${second}`;
    await db().$executeRaw`DELETE FROM domain_events WHERE id = ${first}`;
    const lease = await takeLease(second, "one");
    expect(lease?.ageSeconds).toBeLessThan(10);
  });
});
