import { expect, test, vi } from "vitest";
import { Turns } from "./sync-turns";

test("no more than so many at a time, each in the end, and a failure frees its place", async () => {
  const turns = new Turns(2);
  const running = { now: 0, most: 0, done: 0 };
  const work = async (index: number) => {
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running.now -= 1;
    running.done += 1;
    if (index % 3 === 0) throw new Error("no page");
  };
  const results = await Promise.allSettled(
    Array.from({ length: 9 }, (_, index) => turns.take(() => work(index))),
  );
  expect(running).toEqual({ now: 0, most: 2, done: 9 });
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(3);
});

test("one that hangs holds nobody up for long", async () => {
  vi.useFakeTimers();
  const turns = new Turns(1);
  void turns.take(() => new Promise(() => undefined));
  const next = turns.take(() => Promise.resolve("read"));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await next).toBe("read");
  vi.useRealTimers();
});
