import { expect, test } from "vitest";
import { createBatches, type ObjectChange } from "./watch-batches";

test("a burst is one call, and what arrives during a call is the next one", async () => {
  const calls: [keys: string[], version: string][] = [];
  let release: (() => void) | undefined;
  const batches = createBatches<number>({
    deliver: (batch, version) => {
      calls.push([batch.map((one) => one.key), version]);
      return new Promise((resolve) => (release = resolve));
    },
    onFailure: () => undefined,
  });
  for (const version of [1, 2, 3]) batches.add(change(version), String(version));
  await until(() => release !== undefined);
  for (const version of [4, 5]) batches.add(change(version), String(version));
  batches.add(null, "9");
  release?.();
  await until(() => calls.length === 2);
  release?.();
  await batches.drain();
  expect(calls).toEqual([
    [["k1", "k2", "k3"], "3"],
    [["k4", "k5"], "9"],
  ]);
});

test("a bookmark alone is delivered as an empty batch", async () => {
  const versions: string[] = [];
  const batches = createBatches<number>({
    deliver: async (batch, version) => void versions.push(`${batch.length}@${version}`),
    onFailure: () => undefined,
  });
  batches.add(null, "5");
  await batches.drain();
  expect(versions).toEqual(["0@5"]);
});

test("a consumer that throws is heard of once, and gets nothing more", async () => {
  const heard: unknown[] = [];
  let calls = 0;
  const batches = createBatches<number>({
    deliver: () => {
      calls += 1;
      return Promise.reject(new Error("database is away"));
    },
    onFailure: (error) => heard.push(error),
  });
  batches.add(change(1), "1");
  await expect(batches.drain()).rejects.toThrow("database is away");
  batches.add(change(2), "2");
  await expect(batches.drain()).rejects.toThrow("database is away");
  expect([heard.length, calls]).toEqual([1, 1]);
});

test("a slow consumer holds the reader back", async () => {
  let release: (() => void) | undefined;
  const batches = createBatches<number>({
    deliver: () => new Promise((resolve) => (release = resolve)),
    onFailure: () => undefined,
  });
  batches.add(change(0), "0");
  await until(() => release !== undefined);
  for (let version = 1; version <= 2_000; version += 1) batches.add(change(version), String(version));
  let hasRoom = false;
  const waiting = batches.room().then(() => (hasRoom = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasRoom).toBe(false);
  release?.();
  await until(() => hasRoom || (release?.(), false));
  await waiting;
});

function change(version: number): ObjectChange<number> {
  return { type: "MODIFIED", key: `k${version}`, value: version };
}

async function until(isTrue: () => boolean) {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
