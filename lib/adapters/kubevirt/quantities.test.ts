import { expect, test } from "vitest";
import { readQuantity } from "./quantities";

test.each([
  ["4", 4],
  ["3920m", 3.92],
  ["16Gi", 17_179_869_184],
  ["65886540Ki", 65_886_540 * 1024],
  ["1.5G", 1_500_000_000],
  ["1e3", 1_000],
  ["0", 0],
  [8, 8],
  ["-1", 0],
  ["4 Gi", 0],
  ["lots", 0],
  [null, 0],
  [{}, 0],
  ["9".repeat(500), 0],
  ["1e999", 0],
])("%j is %d", (text, value) => {
  expect(readQuantity(text)).toBeCloseTo(value, 6);
});
