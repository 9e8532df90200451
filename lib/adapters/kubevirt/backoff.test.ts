import { expect, test } from "vitest";
import { backoffMs, pause } from "./backoff";

test("delays stay between half a second and half a minute, and spread", () => {
  for (const failures of [1, 2, 5, 50]) {
    const delays = Array.from({ length: 200 }, () => backoffMs(failures));
    const ceiling = Math.min(30_000, 500 * 2 ** failures);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...delays)).toBeLessThanOrEqual(ceiling);
    expect(new Set(delays).size).toBeGreaterThan(100);
  }
});

test("Retry-After is obeyed", () => {
  expect(backoffMs(1, 60)).toBe(60_000);
});

test("a pause ends early when the signal says so", async () => {
  const controller = new AbortController();
  const waiting = pause(60_000, controller.signal);
  controller.abort();
  await waiting;
  await pause(60_000, AbortSignal.abort());
});
