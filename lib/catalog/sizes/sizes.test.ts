import { describe, expect, test } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { aCluster } from "@/e2e/factories/cluster";
import { forbiddenShapes } from "@/e2e/factories/forbidden-shapes";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createSize } from "./create-size";
import { deprecateSize } from "./deprecate-size";
import { listOfferedSizes, listSizes, readSize } from "./queries";
import { removeSize } from "./remove-size";
import { restoreSize } from "./restore-size";
import { createSizeInput, sizeFilter, updateSizeInput } from "./schema";
import { updateSize } from "./update-size";

const size = (over: object = {}) =>
  createSizeInput.parse({
    name: `size-${newId().slice(-8)}`,
    displayName: "Size",
    cpuCores: 2,
    memoryGi: 4,
    ...over,
  });

const pod = "spec.template.spec";
const cpu = `${pod}.domain.cpu`;

describe("what a size says", () => {
  test.for([
    ["a request above its limit", { cpuRequest: 3 }, "VALIDATION_FAILED"],
    ["memory requested above its limit", { memoryRequestGi: 8 }, "VALIDATION_FAILED"],
    ["shared dedicated cores", { dedicatedCpu: true, cpuRequest: 1 }, "DEDICATED_CPU_OVERCOMMIT"],
    ["half a dedicated core", { dedicatedCpu: true, cpuCores: 1.5 }, "DEDICATED_CPU_OVERCOMMIT"],
    [
      "shared cores that an override dedicates",
      { cpuRequest: 1, specOverrides: { [`${cpu}.dedicatedCpuPlacement`]: true } },
      "DEDICATED_CPU_OVERCOMMIT",
    ],
    ["a smallest disk above the default", { minDiskGb: 200 }, "VALIDATION_FAILED"],
    ["a largest disk below the default", { maxDiskGb: 60 }, "VALIDATION_FAILED"],
    ["half a huge page", { hugepagesSize: "1Gi", memoryGi: 2.5 }, "VALIDATION_FAILED"],
    ["huge pages that are lent", { hugepagesSize: "2Mi", memoryRequestGi: 2 }, "VALIDATION_FAILED"],
  ] as const)("%s is refused and nothing is written", async ([, over, code]) => {
    const administrator = await anAdministrator();
    const input = size(over);

    await expect(createSize(administrator, input)).rejects.toMatchObject({ code });
    expect(await db().instanceSize.count({ where: { name: input.name } })).toBe(0);
  });

  test.for(forbiddenShapes.filter(({ reason }) => reason !== "too_deep"))(
    "$title is refused as an override",
    async ({ overrides }) => {
      const administrator = await anAdministrator();
      const input = { ...size(), specOverrides: JSON.parse(JSON.stringify(overrides)) };

      await expect(createSize(administrator, input)).rejects.toMatchObject({ code: "FORBIDDEN_FIELD" });
    },
  );

  test("a value without end is refused at the door", () => {
    const [endless] = forbiddenShapes.filter(({ reason }) => reason === "too_deep");

    expect(createSizeInput.safeParse({ ...size(), specOverrides: endless?.overrides }).success).toBe(false);
  });
});

describe("overrides and columns", () => {
  test("what the overrides say becomes the columns that matching reads", async () => {
    const administrator = await anAdministrator();
    const { id } = await createSize(
      administrator,
      size({
        specOverrides: {
          [`${cpu}.dedicatedCpuPlacement`]: true,
          [`${pod}.domain.memory.hugepages`]: { pageSize: "1Gi" },
          [`${pod}.domain.devices.gpus`]: [
            { name: "a", deviceName: "nvidia.com/T4" },
            { name: "b", deviceName: "nvidia.com/T4" },
          ],
          [`${pod}.domain.devices.interfaces`]: [
            { name: "default", masquerade: {} },
            { name: "fast", sriov: {} },
          ],
          [`${pod}.networks`]: [
            { name: "default", pod: {} },
            { name: "fast", multus: { networkName: "net/fast" } },
          ],
        },
      }),
    );

    expect(await db().instanceSize.findUniqueOrThrow({ where: { id } })).toMatchObject({
      dedicatedCpu: true,
      requiresGpu: true,
      gpuDevices: [{ name: "nvidia.com/T4", count: 2 }],
      requiresSriov: true,
      sriovNetworks: ["net/fast"],
      requiresHugepages: true,
      hugepagesSize: "1Gi",
    });
  });

  test.for([
    ["dedicated cores", { dedicatedCpu: false }, { [`${cpu}.dedicatedCpuPlacement`]: true }, "dedicatedCpu"],
    [
      "huge pages",
      { hugepagesSize: "2Mi" },
      { [`${pod}.domain.memory.hugepages.pageSize`]: "1Gi" },
      "hugepagesSize",
    ],
    [
      "devices",
      { gpuDevices: [{ name: "nvidia.com/T4", count: 1 }] },
      { [`${pod}.domain.devices.gpus`]: [] },
      "gpuDevices",
    ],
    [
      "networks",
      { sriovNetworks: ["net/fast"] },
      { [`${pod}.domain.devices.interfaces`]: [], [`${pod}.networks`]: [] },
      "sriovNetworks",
    ],
    ["cores", {}, { [`${cpu}.cores`]: 8 }, "cpuCores"],
    ["cores by sockets", {}, { [`${cpu}.sockets`]: 2 }, "cpuCores"],
    ["cores that a whole object leaves out", {}, { [cpu]: { model: "host-model" } }, "cpuCores"],
    ["memory", {}, { [`${pod}.domain.memory.guest`]: "8Gi" }, "memoryGi"],
    ["a limit", {}, { [`${pod}.domain.resources`]: { limits: { cpu: "4" } } }, "memoryRequestGi"],
    ["an interface without its network", {}, { [`${pod}.domain.devices.interfaces`]: [] }, "sriovNetworks"],
    [
      "a network without a namespace",
      {},
      {
        [`${pod}.domain.devices.interfaces`]: [{ name: "a", sriov: {} }],
        [`${pod}.networks`]: [{ name: "a", multus: { networkName: "fast" } }],
      },
      "sriovNetworks",
    ],
    ["a list's item by number", {}, { [`${pod}.networks.0.name`]: "a" }, "specOverrides"],
    [
      "two values for one place",
      {},
      { [cpu]: { cores: 2 }, [`${cpu}.model`]: "host-model" },
      "specOverrides",
    ],
  ] as const)("%s that contradict are refused with their column", async ([, over, specOverrides, column]) => {
    const administrator = await anAdministrator();

    await expect(createSize(administrator, size({ ...over, specOverrides }))).rejects.toMatchObject({
      code: "INVALID_SPEC_OVERRIDES",
      params: { column },
    });
  });

  test.for([
    ["an unknown field", { [`${pod}.domain.cpu.cpuCount`]: 2 }, "field_unknown"],
    ["a wrong type", { [`${pod}.domain.cpu.model`]: 7 }, "wrong_type"],
  ] as const)("%s does not pass the schema", async ([, specOverrides, code]) => {
    const administrator = await anAdministrator();

    await expect(createSize(administrator, size({ specOverrides }))).rejects.toMatchObject({
      code: "SCHEMA_VALIDATION_FAILED",
      fields: [{ field: `specOverrides.${Object.keys(specOverrides)[0]}`, code }],
    });
  });

  test("the database holds the columns to what the row's overrides say", async () => {
    const { id } = await aSize();
    const set = (data: object) => db().instanceSize.update({ where: { id }, data });

    await expect(set({ requiresGpu: true })).rejects.toThrow("instance_sizes_gpu_derived");
    await expect(set({ requiresSriov: true })).rejects.toThrow("instance_sizes_sriov_derived");
    await expect(set({ hugepagesSize: "1Gi" })).rejects.toThrow("instance_sizes_hugepages_derived");
    const gpus = { [`${pod}.domain.devices.gpus`]: [{ name: "a", deviceName: "nvidia.com/T4" }] };
    await expect(set({ specOverrides: gpus })).rejects.toThrow("instance_sizes_gpu_derived");
    const interfaces = { [`${pod}.domain.devices.interfaces`]: [{ name: "a", sriov: {} }] };
    await expect(set({ specOverrides: interfaces })).rejects.toThrow("instance_sizes_sriov_derived");
    const hugepages = { [`${pod}.domain.memory.hugepages`]: { pageSize: "1Gi" } };
    await expect(set({ specOverrides: hugepages })).rejects.toThrow("instance_sizes_hugepages_derived");
    await expect(set({ specOverrides: { [`${cpu}.dedicatedCpuPlacement`]: true } })).rejects.toThrow(
      "instance_sizes_dedicated_derived",
    );
    await expect(set({ specOverrides: { "metadata.name": "x" } })).rejects.toThrow(
      "instance_sizes_overrides_are_paths",
    );
  });
});

describe("a size's life", () => {
  test("a change names the version it was read at, and the second of two is told", async () => {
    const administrator = await anAdministrator();
    const { name } = await createSize(administrator, size());
    const change = (over: object) =>
      updateSize(administrator, updateSizeInput.parse({ name, version: 1, ...over }));

    expect(await change({ memoryGi: 8 })).toMatchObject({ version: 2 });
    await expect(change({ memoryGi: 16 })).rejects.toMatchObject({
      code: "CONFLICT",
      params: { currentVersion: 2 },
    });
    const { history, memoryGi, cpuCores } = await readSize(administrator, { name });
    expect({ memoryGi, cpuCores }).toEqual({ memoryGi: 8, cpuCores: 2 });
    expect(history.map(({ action, version, changes }) => ({ action, version, changes }))).toEqual([
      { action: "instance_size.update", version: 2, changes: [{ member: "memoryGi", before: 4, after: 8 }] },
      { action: "instance_size.create", version: 1, changes: [] },
    ]);
  });

  test("two changes at once: one is saved", async () => {
    const administrator = await anAdministrator();
    const { name } = await createSize(administrator, size());

    const results = await Promise.allSettled(
      [8, 16].map((memoryGi) =>
        updateSize(administrator, updateSizeInput.parse({ name, version: 1, memoryGi })),
      ),
    );

    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("a column that an override gave goes with it, and one that was given stays", async () => {
    const administrator = await anAdministrator();
    const { name } = await createSize(
      administrator,
      size({
        gpuDevices: [{ name: "nvidia.com/T4", count: 1 }],
        specOverrides: { [`${cpu}.dedicatedCpuPlacement`]: true },
      }),
    );

    await updateSize(administrator, updateSizeInput.parse({ name, version: 1, specOverrides: {} }));

    expect(await readSize(administrator, { name })).toMatchObject({
      dedicatedCpu: false,
      requiresGpu: true,
      gpuDevices: [{ name: "nvidia.com/T4", count: 1 }],
    });
  });

  test("a deprecated size is offered to nobody until it is restored", async () => {
    const administrator = await anAdministrator();
    const developer = await aPerson("role-development-engineer");
    const { id } = await aSize();
    const { name } = await readSize(administrator, { id });
    const isOffered = async () => (await listOfferedSizes(developer)).some((row) => row.id === id);

    expect(await isOffered()).toBe(true);
    await deprecateSize(administrator, { name, message: "Take the larger one." });
    expect(await isOffered()).toBe(false);
    expect(await readSize(administrator, { id })).toMatchObject({
      deprecationMessage: "Take the larger one.",
    });
    await expect(deprecateSize(administrator, { name, message: "" })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    await restoreSize(administrator, { name });
    expect(await isOffered()).toBe(true);
    await expect(restoreSize(administrator, { name })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  test("what requesters see holds no overrides", async () => {
    const developer = await aPerson("role-development-engineer");
    const { id } = await aSize({ specOverrides: { [`${cpu}.model`]: "host-passthrough" } });

    const row = (await listOfferedSizes(developer)).find((one) => one.id === id);

    expect(row).toBeDefined();
    expect(JSON.stringify(row)).not.toContain("host-passthrough");
  });

  test("a size in use is not removed; one that is not goes with its name typed", async () => {
    const administrator = await anAdministrator();
    const instanceSizeId = (await aSize()).id;
    await aVm({ clusterId: (await aCluster()).id, namespace: (await aNamespace()).name, instanceSizeId });
    const { name, vmCount } = await readSize(administrator, { id: instanceSizeId });
    const free = await createSize(administrator, size());

    expect(vmCount).toBe(1);
    await expect(removeSize(administrator, { name, confirmName: name })).rejects.toMatchObject({
      code: "DELETE_RESTRICTED",
      params: { entity: "instance_size", vms: 1 },
    });
    await expect(removeSize(administrator, { name: free.name })).rejects.toMatchObject({
      code: "DELETE_CONFIRMATION_REQUIRED",
    });
    await removeSize(administrator, { name: free.name, confirmName: free.name });
    expect(await db().instanceSize.count({ where: { id: free.id } })).toBe(0);
    expect(
      await db().auditLog.count({ where: { resourceId: free.id, action: "instance_size.delete" } }),
    ).toBe(1);
  });

  test("keeping the sizes takes its permissions", async () => {
    const developer = await aPerson("role-development-engineer");
    const { id } = await aSize();
    const { name } = await db().instanceSize.findUniqueOrThrow({ where: { id } });
    const denied = (permission: string) => ({ params: { permission } });

    await expect(createSize(developer, size())).rejects.toMatchObject(denied("instance_size:write"));
    await expect(updateSize(developer, updateSizeInput.parse({ name, version: 1 }))).rejects.toMatchObject(
      denied("instance_size:write"),
    );
    await expect(deprecateSize(developer, { name, message: "" })).rejects.toMatchObject(
      denied("instance_size:write"),
    );
    await expect(restoreSize(developer, { name })).rejects.toMatchObject(denied("instance_size:write"));
    await expect(removeSize(developer, { name, confirmName: name })).rejects.toMatchObject(
      denied("instance_size:write"),
    );
    await expect(listSizes(developer, sizeFilter.parse({}))).rejects.toMatchObject(
      denied("instance_size:read"),
    );
    await expect(readSize(developer, { id })).rejects.toMatchObject(denied("instance_size:read"));
  });
});

describe("the list", () => {
  test.for(["order", "name", "cpu", "memory"] as const)(
    "is paged by %s in both directions without gaps",
    async (sortBy) => {
      const administrator = await anAdministrator();
      const mark = newId().slice(-8);
      for (const at of [1, 2, 3, 4, 5]) {
        await createSize(
          administrator,
          size({
            name: `${mark}-${at}`,
            cpuCores: at % 2 ? 1.5 : 2,
            memoryGi: 10 - (at % 3),
            sortOrder: at % 2,
          }),
        );
      }
      const readAll = async (sortOrder: "asc" | "desc") => {
        const names: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await listSizes(administrator, { q: mark, perPage: 2, sortBy, sortOrder, cursor });
          names.push(...page.items.map(({ name }) => name));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        return names;
      };

      const up = await readAll("asc");
      expect(new Set(up).size).toBe(5);
      expect(await readAll("desc")).toEqual(up.toReversed());
    },
  );

  test("a cursor of other making is refused", async () => {
    const administrator = await anAdministrator();
    const cursor = btoa(JSON.stringify(["1; DROP TABLE vms", "a"])).replaceAll("=", "");

    await expect(listSizes(administrator, sizeFilter.parse({ cursor }))).rejects.toMatchObject({
      fields: [{ field: "cursor", code: "invalid_cursor" }],
    });
  });

  test("filters by scope, state and text", async () => {
    const administrator = await anAdministrator();
    const mark = newId().slice(-8);
    const prod = await createSize(administrator, size({ displayName: `Big ${mark}`, catalogScope: "prod" }));
    const off = await createSize(administrator, size({ description: mark, enabled: false }));
    const find = async (filter: object) =>
      (await listSizes(administrator, sizeFilter.parse({ q: mark, ...filter }))).items.map(({ id }) => id);

    expect((await find({})).toSorted()).toEqual([prod.id, off.id].toSorted());
    expect(await find({ catalogScope: "prod" })).toEqual([prod.id]);
    expect(await find({ state: "disabled" })).toEqual([off.id]);
    expect(await find({ state: "offered" })).toEqual([prod.id]);
    expect(await find({ state: "deprecated" })).toEqual([]);
  });
});
