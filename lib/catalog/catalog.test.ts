import { describe, expect, test } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createSize } from "./sizes/create-size";
import { listOfferedSizes } from "./sizes/queries";
import { createSizeInput } from "./sizes/schema";

const size = (over: object = {}) =>
  createSizeInput.parse({
    name: `size-${newId().slice(-8)}`,
    displayName: "Size",
    cpuCores: 2,
    memoryGi: 4,
    ...over,
  });

describe("sizes", () => {
  test.for([
    ["a request above its limit", { cpuRequest: 3 }, "VALIDATION_FAILED"],
    ["memory requested above its limit", { memoryRequestGi: 8 }, "VALIDATION_FAILED"],
    ["shared dedicated cores", { dedicatedCpu: true, cpuRequest: 1 }, "DEDICATED_CPU_OVERCOMMIT"],
    ["a smallest disk above the default", { minDiskGb: 200 }, "VALIDATION_FAILED"],
    ["a largest disk below the default", { maxDiskGb: 60 }, "VALIDATION_FAILED"],
  ] as const)("%s is refused", async ([, over, code]) => {
    const administrator = await anAdministrator();

    await expect(createSize(administrator, size(over))).rejects.toMatchObject({ code });
  });

  test("a deprecated size is offered to nobody", async () => {
    const developer = await aPerson("role-development-engineer");
    const kept = await aSize();
    const old = await aSize();
    await db().instanceSize.update({ where: { id: old.id }, data: { deprecatedAt: new Date() } });

    const offered = (await listOfferedSizes(developer)).map(({ id }) => id);

    expect(offered).toContain(kept.id);
    expect(offered).not.toContain(old.id);
  });
});
