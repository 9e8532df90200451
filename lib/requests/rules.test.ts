import { describe, expect, test } from "vitest";
import {
  blueprintOf,
  duplicateKeyOfCreation,
  isModified,
  requireConsistentBlueprint,
  requireReasonForChanges,
  requireTargetsWithin,
  type SizeFacts,
  type TemplateFacts,
} from "./rules";

const size: SizeFacts = {
  cpuCores: 4,
  cpuRequest: null,
  memoryGi: 8,
  memoryRequestGi: null,
  defaultDiskGb: 20,
  minDiskGb: 10,
  maxDiskGb: 100,
  dedicatedCpu: false,
  sriovNetworks: [],
  specOverrides: {},
  gpuDevices: [],
  hugepagesSize: null,
  dvAccessModes: [],
  dvVolumeMode: null,
};

const template: TemplateFacts = {
  sourceType: "containerdisk",
  imageUrl: "quay.io/a:1",
  pvcNamespace: null,
  pvcName: null,
  cloudInit: "",
  osFamily: "linux",
  loginUser: "",
  oneTimePassword: false,
  quickFields: [],
  advancedFields: [],
  professionalFields: [],
  fieldDefaults: {},
  fieldConstraints: {},
};

const fieldCode = (field: string, code: string) =>
  expect.objectContaining({ code: "VALIDATION_FAILED", fields: [expect.objectContaining({ field, code })] });

describe("what a person asks for beside the size", () => {
  test.for([
    [{ targetCpuCores: 4.5 }, "targetCpuCores", "too_large"],
    [{ targetMemoryGi: 8.5 }, "targetMemoryGi", "too_large"],
    [{ targetDiskGb: 9 }, "targetDiskGb", "too_small"],
    [{ targetDiskGb: 101 }, "targetDiskGb", "too_large"],
  ] as const)("%j is refused", ([targets, field, code]) => {
    expect(() => requireTargetsWithin(size, targets)).toThrowError(fieldCode(field, code));
  });

  test("may not shrink what the size lays down itself", () => {
    const fixed = {
      ...size,
      specOverrides: {
        "spec.template.spec.domain.cpu.sockets": 2,
        "spec.template.spec.domain.memory.guest": "8Gi",
      },
    };
    expect(() => requireTargetsWithin(fixed, { targetCpuCores: 1 })).toThrowError(
      fieldCode("targetCpuCores", "fixed_by_size"),
    );
    expect(() => requireTargetsWithin(fixed, { targetMemoryGi: 1 })).toThrowError(
      fieldCode("targetMemoryGi", "fixed_by_size"),
    );
    requireTargetsWithin(fixed, { targetDiskGb: 20 });
  });

  test("may be less than the size, or a disk anywhere in its range", () => {
    for (const targetDiskGb of [10, 100]) {
      requireTargetsWithin(size, { targetCpuCores: 0.5, targetMemoryGi: 0.5, targetDiskGb });
    }
    requireTargetsWithin(size, {});
  });
});

describe("a blueprint", () => {
  test("is the size, then what was asked for, then what the approver chose", () => {
    expect(blueprintOf(template, size, {}, {})).toMatchObject({
      cpuLimit: 4,
      cpuRequest: 4,
      memoryLimitGi: 8,
      diskGb: 20,
    });
    const asked = { targetCpuCores: 2, targetMemoryGi: 4, targetDiskGb: 30 };
    expect(blueprintOf(template, size, asked, {})).toMatchObject({
      cpuLimit: 2,
      cpuRequest: 2,
      memoryLimitGi: 4,
      diskGb: 30,
    });
    const chosen = { cpuLimit: 1, memoryLimitGi: 2, diskGb: 40, storageClass: "fast" };
    expect(blueprintOf(template, size, asked, chosen)).toMatchObject({
      cpuLimit: 1,
      cpuRequest: 1,
      memoryLimitGi: 2,
      memoryRequestGi: 2,
      diskGb: 40,
      storageClass: "fast",
    });
  });

  test("keeps the size's requests where they fit, and never asks for more than its limit", () => {
    const shared = { ...size, cpuRequest: 1, memoryRequestGi: 2 };
    expect(blueprintOf(template, shared, {}, {})).toMatchObject({ cpuRequest: 1, memoryRequestGi: 2 });
    expect(blueprintOf(template, shared, { targetCpuCores: 0.5, targetMemoryGi: 1 }, {})).toMatchObject({
      cpuRequest: 0.5,
      memoryRequestGi: 1,
    });
  });

  test("clones a disk where the template names one", () => {
    const cloning = {
      ...template,
      sourceType: "cdi_pvc_clone",
      pvcNamespace: "golden",
      pvcName: "u",
    } as const;
    expect(blueprintOf(cloning, size, {}, {}).source).toEqual({
      type: "cdi_pvc_clone",
      pvcNamespace: "golden",
      pvcName: "u",
    });
  });

  const blueprint = blueprintOf(template, size, {}, {});

  test.for([
    [{ cpuRequest: 5 }, "cpuRequest", "above_limit"],
    [{ memoryRequestGi: 9 }, "memoryRequestGi", "above_limit"],
    [{ diskGb: 9 }, "diskGb", "out_of_range"],
    [{ diskGb: 101 }, "diskGb", "out_of_range"],
  ] as const)("with %j is refused", ([over, field, code]) => {
    expect(() => requireConsistentBlueprint({ ...blueprint, ...over }, size)).toThrowError(
      fieldCode(field, code),
    );
  });

  test("with dedicated cores that are shared is refused", () => {
    const shared = { ...blueprint, dedicatedCpu: true, cpuRequest: 1 };
    expect(() => requireConsistentBlueprint(shared, size)).toThrowError(
      expect.objectContaining({ code: "DEDICATED_CPU_OVERCOMMIT" }),
    );
    requireConsistentBlueprint({ ...blueprint, dedicatedCpu: true }, size);
  });

  test("carries the template's defaults, what the requester set, and above them the size's own fields", () => {
    const open = {
      ...template,
      quickFields: ["spec.runStrategy", "disk_gb"],
      fieldDefaults: { "spec.template.spec.terminationGracePeriodSeconds": 60, "spec.runStrategy": "Always" },
    };
    const strict = { ...size, specOverrides: { "spec.template.spec.domain.machine.type": "q35" } };
    const asked = { fields: { "spec.runStrategy": "Manual", disk_gb: 33 } };
    expect(blueprintOf(open, strict, asked, {})).toMatchObject({
      diskGb: 33,
      overrides: {
        "spec.template.spec.terminationGracePeriodSeconds": 60,
        "spec.runStrategy": "Manual",
        "spec.template.spec.domain.machine.type": "q35",
      },
    });
    expect(() => blueprintOf(template, size, { fields: { "spec.runStrategy": "Manual" } }, {})).toThrowError(
      fieldCode("fields.spec.runStrategy", "field_not_offered"),
    );
  });

  test("holds room for a one-time password where the template gives one", () => {
    const giving = { ...template, oneTimePassword: true, loginUser: "debian" };
    const { initialPassword } = blueprintOf(giving, size, {}, {});
    expect(initialPassword?.username).toBe("debian");
    expect(initialPassword?.hash).toMatch(/^\$6\$rounds=\d+\$x{16}\$x{86}$/);
  });
});

describe("an approver's change", () => {
  const asked = blueprintOf(template, size, {}, {});

  test.for([{ cpuLimit: 2 }, { memoryLimitGi: 4 }, { diskGb: 40 }])("%j takes a reason", (over) => {
    const final = { ...asked, ...over };
    expect(isModified(asked, final)).toBe(true);
    for (const reason of [undefined, ""]) {
      expect(() => requireReasonForChanges(asked, final, reason)).toThrowError(
        fieldCode("modificationReason", "required"),
      );
    }
    requireReasonForChanges(asked, final, "smaller will do");
  });

  test("of the storage class and how it is used takes none", () => {
    const resolved = { storageClass: "fast", dvAccessModes: ["ReadWriteMany"], dvVolumeMode: "Block" };
    requireReasonForChanges(asked, { ...asked, ...resolved }, undefined);
  });
});

test("the same wish has the same key, and each ingredient makes another", () => {
  const wish = { serviceId: "s", namespace: "n", templateId: "t", instanceSizeId: "i", reason: "one" };
  const key = duplicateKeyOfCreation("user", wish);
  expect(duplicateKeyOfCreation("user", { ...wish, reason: "another", targetCpuCores: 1 })).toBe(key);
  const others = (["serviceId", "namespace", "templateId", "instanceSizeId"] as const).map((name) =>
    duplicateKeyOfCreation("user", { ...wish, [name]: "other" }),
  );
  expect(new Set([key, duplicateKeyOfCreation("somebody", wish), ...others]).size).toBe(6);
});
