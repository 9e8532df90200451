import { expect, test } from "vitest";
import { foundWord, rank } from "./palette-mark";

test("what the server found stands below a command that begins with what was typed and above all others", () => {
  const found = rank("shop-test-web-01 vm-1", "req", [foundWord]);
  expect(rank("Request a virtual machine new-vm", "req", [])).toBeGreaterThan(found);
  expect(rank("Request a virtual machine new-vm", "mach", [])).toBeLessThan(found);
  expect(rank("Virtual machines vms", "zzz", [])).toBe(0);
});
