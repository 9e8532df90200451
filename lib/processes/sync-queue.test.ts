import { expect, test } from "vitest";
import type { VmObservation } from "@/lib/vms/observation";
import { ObservationQueue } from "./sync-queue";

const seen = (name: string, resourceVersion: string): VmObservation => ({
  clusterId: "c",
  kind: "vm",
  namespace: "n",
  name,
  uid: name,
  resourceVersion,
  deleted: false,
  terminating: false,
  conditions: [],
});

function aQueue(quietMs = 60) {
  const delivered: string[][] = [];
  const failing = { with: null as Error | null };
  const queue = new ObservationQueue({
    deliver: (observations) => {
      if (failing.with !== null) return Promise.reject(failing.with);
      delivered.push(observations.map(({ name, resourceVersion }) => `${name}@${resourceVersion}`));
      return Promise.resolve();
    },
    onFailure: () => undefined,
    quietMs,
  });
  return { queue, delivered, failing };
}

test("the first word of a machine is written at once", async () => {
  const { queue, delivered } = aQueue();
  await queue.add([seen("a", "1"), seen("b", "2")], "2");
  expect(delivered).toEqual([["a@1", "b@2"]]);
  expect(queue.position()).toBe("2");
});

test("a hundred words of one machine within a second are at most five writes, and the last word is among them", async () => {
  const { queue, delivered } = aQueue(250);
  const started = performance.now();
  for (let version = 1; version <= 100; version += 1) {
    await queue.add([seen("a", String(version))], String(version));
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, started + 10 * version - performance.now())),
    );
  }
  await expect.poll(() => queue.position()).toBe("100");
  expect(delivered.length).toBeLessThanOrEqual(5 + 1);
  expect(delivered.at(-1)).toEqual(["a@100"]);
});

test("a talkative machine does not hold up the others", async () => {
  const { queue, delivered } = aQueue(10_000);
  await queue.add([seen("loud", "1")], "1");
  await queue.add([seen("loud", "2"), seen("calm", "3")], "3");
  expect(delivered).toEqual([["loud@1"], ["calm@3"]]);
  expect(queue.position(), "another worker goes on before what still waits").toBe("1");
  queue.stop();
});

test("what could not be written is written later, newest first to go stale never", async () => {
  const { queue, delivered, failing } = aQueue(1);
  failing.with = new Error("the database is away");
  await expect(queue.add([seen("a", "1")], "1")).rejects.toThrow("the database is away");
  expect(queue.position()).toBeNull();
  failing.with = null;
  await queue.add([seen("a", "2")], "2");
  expect(delivered).toEqual([["a@2"]]);
  expect(queue.position()).toBe("2");
});

test("a complete list silences what waited", async () => {
  const { queue, delivered } = aQueue(50);
  await queue.add([seen("a", "1")], "1");
  await queue.add([seen("a", "2")], "2");
  await queue.clear();
  queue.startFrom("9");
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(delivered).toEqual([["a@1"]]);
  expect(queue.position()).toBe("9");
});
