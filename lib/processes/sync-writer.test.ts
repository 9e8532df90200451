import { expect, test } from "vitest";
import type { VmObservation } from "@/lib/vms/observation";
import { SharedWriter } from "./sync-writer";

const seen = (name: string): VmObservation => ({
  clusterId: "c",
  kind: "vm",
  namespace: "n",
  name,
  uid: name,
  resourceVersion: "1",
  deleted: false,
  terminating: false,
  conditions: [],
});
const held = () => undefined;

/** A writer whose writes end when they are told to. */
function aWriter() {
  const writes: { names: string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const writer = new SharedWriter(
    (observations) =>
      new Promise((resolve, reject) => {
        writes.push({ names: observations.map(({ name }) => name), end: resolve, fail: reject });
      }),
  );
  return { writer, writes };
}

test("what comes while all writers are busy is one write", async () => {
  const { writer, writes } = aWriter();
  const first = ["a", "b", "c", "d"].map((name) => writer.deliver([seen(name)], held));
  const later = ["e", "f", "g"].map((name) => writer.deliver([seen(name)], held));
  expect(writes.map(({ names }) => names)).toEqual([["a"], ["b"], ["c"], ["d"]]);
  writes[1]?.end();
  await first[1];
  await expect.poll(() => writes.length).toBe(5);
  expect(writes[4]?.names).toEqual(["e", "f", "g"]);
  writes.forEach(({ end }) => end());
  await Promise.all([...first, ...later]);
});

test("one delivery that cannot be written fails alone", async () => {
  const writer = new SharedWriter((observations) =>
    observations.some(({ name }) => name === "bad")
      ? Promise.reject(new Error("refused"))
      : Promise.resolve(),
  );
  const results = await Promise.allSettled(
    ["a", "b", "c", "d", "e", "bad", "f"].map((name) => writer.deliver([seen(name)], held)),
  );
  expect(results.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 5 }, () => "fulfilled"),
    "rejected",
    "fulfilled",
  ]);
});

test("whoever has lost the lease while waiting writes nothing, and the others do", async () => {
  const { writer, writes } = aWriter();
  const busy = ["a", "b", "c", "d"].map((name) => writer.deliver([seen(name)], held));
  const lost = writer.deliver([seen("lost")], () => {
    throw new Error("the lease has run out");
  });
  const kept = writer.deliver([seen("kept")], held);
  writes[0]?.end();
  await expect(lost).rejects.toThrow("the lease has run out");
  await expect.poll(() => writes[4]?.names).toEqual(["kept"]);
  writes.forEach(({ end }) => end());
  await Promise.all([...busy, kept]);
});
