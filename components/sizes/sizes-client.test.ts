import { describe, expect, test } from "vitest";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import { moveBy } from "./change-list";
import { firstValue } from "./field-values";
import { fieldTitle, matchesField } from "./field-words";
import { markChanges } from "./mark-changes";
import { fieldOfCause, isSaid, memberPaths } from "./member-paths";
import { emptyDraft, previewInputOf, sizeInputOf } from "./size-draft";

const domain = "spec.template.spec.domain";

describe("what is sent", () => {
  test("hardware that an override states is left to it", () => {
    const draft = {
      ...emptyDraft,
      dedicatedCpu: true,
      overrides: { [`${domain}.cpu`]: { model: "host-model" } },
    };
    expect(sizeInputOf(draft)).not.toHaveProperty("dedicatedCpu");
    expect(sizeInputOf({ ...draft, overrides: {} })).toMatchObject({ dedicatedCpu: true, gpuDevices: [] });
  });

  test("empty rows of devices and networks are not sent", () => {
    const draft = {
      ...emptyDraft,
      gpuDevices: [
        { name: " nvidia.com/A10 ", count: "2" },
        { name: "", count: "1" },
      ],
      sriovNetworks: ["", "nets/fast"],
    };
    expect(sizeInputOf(draft)).toMatchObject({
      gpuDevices: [{ name: "nvidia.com/A10", count: 2 }],
      sriovNetworks: ["nets/fast"],
    });
  });

  test("an empty reservation is none, and text that is no number is left to the server", () => {
    const sent = sizeInputOf({ ...emptyDraft, cpuRequest: "", memoryRequestGi: "x" });
    expect(sent.cpuRequest).toBeNull();
    expect(sent.memoryRequestGi).toBeNaN();
  });

  test("a size without a name is looked at under another, and saved under none", () => {
    expect(previewInputOf(emptyDraft).name).toBe("new-size");
    expect(sizeInputOf(emptyDraft).name).toBe("");
  });
});

describe("where a cluster's refusal belongs", () => {
  test("an override that stands around the path goes before a member", () => {
    const overrides = { [`${domain}.cpu`]: {}, [`${domain}.cpu.model`]: "x" };
    expect(fieldOfCause(`${domain}.cpu.model`, overrides)).toBe(`specOverrides.${domain}.cpu.model`);
  });

  test.each([
    [`${domain}.devices.gpus[0].deviceName`, "gpuDevices"],
    [`${domain}.memory.hugepages.pageSize`, "hugepagesSize"],
    [`${domain}.resources.requests.memory`, "memoryRequestGi"],
    [`${domain}.cpu.cores`, "cpuCores"],
    ["spec.dataVolumeTemplates[0].spec.storage", "defaultDiskGb"],
    ["metadata.name", null],
  ])("%s is told at %s", (path, field) => {
    expect(fieldOfCause(path, {})).toBe(field);
  });

  test("an override inside or around a path says it", () => {
    expect(isSaid({ [`${domain}.memory`]: {} }, memberPaths.hugepagesSize)).toBe(true);
    expect(isSaid({ [`${domain}.memoryBalloon`]: {} }, memberPaths.hugepagesSize)).toBe(false);
  });
});

describe("a field of the schema", () => {
  const policy: FieldNode = {
    ...{ name: "policy", path: "f[].policy", type: "enum", description: "", required: true },
    options: ["require", "forbid"],
  };
  const list: FieldNode = {
    ...{ name: "features", path: `${domain}.cpu.features`, type: "array", required: false },
    description: "CPU features",
    items: {
      ...{ name: "features", path: "f[]", type: "object", description: "", required: false },
      children: [policy, { ...policy, name: "vendor", required: false }],
    },
  };

  test("starts with the least that its schema accepts", () => {
    expect(firstValue(list)).toEqual([{ policy: "require" }]);
  });

  test("is named in words, with its group where the name alone says nothing", () => {
    expect(fieldTitle({ path: `${domain}.cpu.dedicatedCpuPlacement`, name: "dedicatedCpuPlacement" })).toBe(
      "Dedicated CPU placement",
    );
    expect(fieldTitle(list)).toBe("CPU · Features");
    expect(fieldTitle({ path: `${domain}.devices.tpm`, name: "tpm" })).toBe("TPM");
  });

  test("is found by its words, its path and what stands below it", () => {
    expect(matchesField(list, "cpu FEATURES")).toBe(true);
    expect(matchesField(list, "policy")).toBe(true);
    expect(matchesField(list, "watchdog")).toBe(false);
  });
});

describe("the manifest beside the form", () => {
  const changedIn = (before: string | null, after: string) =>
    markChanges(before, after)
      .filter(({ isChanged }) => isChanged)
      .map(({ text }) => text);

  test("only the lines that became others are marked", () => {
    expect(changedIn("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 4\nnew: 5\nc: 3\n")).toEqual(["b: 4", "new: 5"]);
  });

  test("the first one has no changes", () => {
    expect(changedIn(null, "a: 1")).toEqual([]);
  });
});

test("an entry moves by one place and not off the end", () => {
  expect(moveBy(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moveBy(["a", "b"], 1, 1)).toEqual(["a", "b"]);
});
