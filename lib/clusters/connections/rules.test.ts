import { expect, test } from "vitest";
import { compareClusters } from "./rules";

test("the uid decides; without one only the same authority says anything", () => {
  const a = { uid: "u1", authority: "f1" };
  expect(compareClusters(a, { uid: "u1", authority: "f2" })).toBe("same");
  expect(compareClusters(a, { uid: "u2", authority: "f1" })).toBe("other");
  expect(compareClusters(a, { uid: null, authority: "f1" })).toBe("same");
  expect(compareClusters(a, { uid: null, authority: "f2" })).toBe("unknown");
  expect(compareClusters({ uid: null, authority: null }, { uid: "u1", authority: null })).toBe("unknown");
});
