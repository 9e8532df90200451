import { expect, test } from "vitest";
import type { VmObservation } from "@/lib/vms/observation";
import { WritePace } from "./sync-pace";
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

function aQueue() {
  const pace = new WritePace();
  const delivered: string[][] = [];
  const failing = { with: null as Error | null };
  const queue = new ObservationQueue({
    deliver: (observations) => {
      if (failing.with !== null) return Promise.reject(failing.with);
      delivered.push(observations.map(({ name, resourceVersion }) => `${name}@${resourceVersion}`));
      return Promise.resolve();
    },
    onFailure: () => undefined,
    pace: { dueAt: (key) => pace.dueAt(key, "vm"), wrote: (key) => pace.wrote(key, "vm") },
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
  const { queue, delivered } = aQueue();
  const started = performance.now();
  for (let version = 1; version <= 100; version += 1) {
    await queue.add([seen("a", String(version))], String(version));
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, started + 10 * version - performance.now())),
    );
  }
  await expect.poll(() => queue.position()).toBe("100");
  expect(delivered.length).toBeLessThanOrEqual(5);
  expect(delivered.at(-1)).toEqual(["a@100"]);
});

test("a talkative machine does not hold up the others", async () => {
  const { queue, delivered } = aQueue();
  await queue.add([seen("loud", "1")], "1");
  await queue.add([seen("loud", "2"), seen("calm", "3")], "3");
  expect(delivered).toEqual([["loud@1"], ["calm@3"]]);
  expect(queue.position(), "another worker goes on before what still waits").toBe("1");
  queue.stop();
});

test("what could not be written is written later, newest first to go stale never", async () => {
  const { queue, delivered, failing } = aQueue();
  failing.with = new Error("the database is away");
  await expect(queue.add([seen("a", "1")], "1")).rejects.toThrow("the database is away");
  expect(queue.position()).toBeNull();
  failing.with = null;
  await queue.add([seen("a", "2")], "2");
  expect(delivered).toEqual([["a@2"]]);
  expect(queue.position()).toBe("2");
});

test("a complete list silences what waited", async () => {
  const { queue, delivered } = aQueue();
  await queue.add([seen("a", "1")], "1");
  await queue.add([seen("a", "2")], "2");
  await queue.clear();
  queue.startFrom("9");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(delivered).toEqual([["a@1"]]);
  expect(queue.position()).toBe("9");
});

test("a state that was passed through is told with the last one, a mere change of words is not", async () => {
  const { queue, delivered } = aQueue();
  const said = (version: string, printableStatus: string) => ({ ...seen("a", version), printableStatus });
  await queue.add([said("1", "Starting")], "1");
  await queue.add([said("2", "Starting")], "2");
  await queue.add([said("3", "Running")], "3");
  await queue.add([said("4", "Running"), said("5", "Stopped")], "5");
  await expect.poll(() => queue.position()).toBe("5");
  expect(delivered).toEqual([["a@1"], ["a@2", "a@4", "a@5"]]);
});

test("while one machine waits, another worker would go on right before its first waiting word", async () => {
  const { queue } = aQueue();
  await queue.add([seen("loud", "1")], "1");
  await queue.add([seen("calm", "2")], "2");
  await queue.add([seen("loud", "3"), seen("other", "4")], "4");
  await queue.add([seen("loud", "5")], "5");
  expect(queue.position()).toBe("2");
  queue.stop();
});
