import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askShared } from "./ask-shared";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("who asks at once, or shortly after, shares one question; another comes later", async () => {
  const ask = vi.fn(() => Promise.resolve("told"));
  const together = await Promise.all([askShared("a", ask), askShared("a", ask), askShared("b", ask)]);
  expect(together).toEqual(["told", "told", "told"]);
  await askShared("a", ask);
  expect(ask).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(3_000);
  await askShared("a", ask);
  expect(ask).toHaveBeenCalledTimes(3);
});

test("a question that failed is asked again at once", async () => {
  await expect(askShared("c", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await askShared("c", () => Promise.resolve("back"))).toBe("back");
});
