import { describe, expect, test } from "vitest";
import { noDemand, noLimits } from "./schema";
import { demandOfMachine, differenceOf, overheadGi, positivePart, shortfallsOf } from "./rules";

const machine = { cpuCores: 2, memoryGi: 4, diskGb: 20, gpus: 0, passthroughDevices: 0 };

describe("the launcher beside a guest", () => {
  test("a guest of one core and one gibibyte adds 270 MiB: page tables 2, fixed parts 260, its core 8", () => {
    expect(overheadGi({ cpuCores: 1, memoryGi: 1, passthroughDevices: 0 }) * 1024).toBe(270);
  });

  test("half a core counts as a whole one, and a device passed through locks a gibibyte more", () => {
    const plain = overheadGi({ cpuCores: 2, memoryGi: 4, passthroughDevices: 0 });
    expect(overheadGi({ cpuCores: 1.5, memoryGi: 4, passthroughDevices: 0 })).toBe(plain);
    expect(overheadGi({ cpuCores: 2, memoryGi: 4, passthroughDevices: 1 })).toBe(plain + 1);
  });

  test("what a machine holds is rounded up to thousandths, so that ten of them never hold less", () => {
    const { memoryGi } = demandOfMachine(machine);
    expect(memoryGi).toBeGreaterThanOrEqual(4 + overheadGi(machine));
    expect(memoryGi - 4 - overheadGi(machine)).toBeLessThan(0.001);
  });
});

describe("what fits", () => {
  const limits = { ...noLimits, vms: 2, cpuCores: 4 };

  test("up to the limit it fits, one beyond it names what is short with its numbers", () => {
    const used = { ...noDemand, vms: 1, cpuCores: 2 };
    const wanted = { ...noDemand, vms: 1, cpuCores: 2 };
    expect(shortfallsOf(limits, used, wanted)).toEqual([]);
    expect(shortfallsOf(limits, used, { ...wanted, cpuCores: 2.5 })).toEqual([
      { what: "cpuCores", limit: 4, used: 2, wanted: 2.5 },
    ]);
  });

  test("who asks for nothing of a kind is not short of it, even where more is held than allowed", () => {
    const used = { ...noDemand, vms: 5, cpuCores: 9 };
    expect(shortfallsOf(limits, used, { ...noDemand, diskGb: 100 })).toEqual([]);
  });

  test("tenths add up without a rest", () => {
    const used = { ...noDemand, cpuCores: 0.1 + 0.2 };
    expect(shortfallsOf({ ...noLimits, cpuCores: 0.4 }, used, { ...noDemand, cpuCores: 0.1 })).toEqual([]);
  });
});

test("a change holds what it adds, and gives back nothing before it has happened", () => {
  const before = demandOfMachine(machine);
  const after = demandOfMachine({ ...machine, cpuCores: 4, diskGb: 10 });
  const difference = differenceOf(before, after);
  expect(difference).toMatchObject({ vms: 0, cpuCores: 2, diskGb: -10 });
  expect(positivePart(difference)).toMatchObject({ vms: 0, cpuCores: 2, diskGb: 0 });
});
