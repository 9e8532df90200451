import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromWire, snakeCase, toWire, wirePath } from "./wire-case";

const disk = z.strictObject({ sizeGb: z.number(), storageClass: z.string().nullable() });
const request = z.strictObject({
  targetCpuCores: z.number().optional(),
  rootDisk: disk.default({ sizeGb: 1, storageClass: null }),
  moreDisks: z.array(disk),
  nodeLabels: z.record(z.string(), z.string()),
  place: z.union([
    z.strictObject({ clusterId: z.string() }),
    z.strictObject({ anyCluster: z.literal(true) }),
  ]),
  freeForm: z.unknown(),
});

const code = {
  targetCpuCores: 2,
  rootDisk: { sizeGb: 10, storageClass: null },
  moreDisks: [{ sizeGb: 5, storageClass: "fastOne" }],
  nodeLabels: { "ownKey/Of": "someValue" },
  place: { clusterId: "c1" },
  freeForm: { keepThis: { asItIs: 1 } },
};
const wire = {
  target_cpu_cores: 2,
  root_disk: { size_gb: 10, storage_class: null },
  more_disks: [{ size_gb: 5, storage_class: "fastOne" }],
  node_labels: { "ownKey/Of": "someValue" },
  place: { cluster_id: "c1" },
  free_form: { keepThis: { asItIs: 1 } },
};

test("a value goes out in snake_case and comes back unchanged, free-form keys untouched", () => {
  expect(toWire(request, code)).toEqual(wire);
  expect(fromWire(request, wire)).toEqual({ value: code, unknown: [] });
});

describe("what nobody asked for", () => {
  test("is set aside by its path, however deep", () => {
    const { value, unknown } = fromWire(request, {
      ...wire,
      more_disks: [{ size_gb: 5, storage_class: null, speed: 9 }],
      extra: 1,
    });
    expect(unknown).toEqual(["more_disks.0.speed", "extra"]);
    expect(z.safeParse(request, value).success).toBe(true);
  });

  test("includes the names of the code, so that a field has one name", () => {
    expect(fromWire(request, { targetCpuCores: 2 })).toEqual({ value: {}, unknown: ["targetCpuCores"] });
  });

  test("cannot reach an object's prototype", () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": true}, "target_cpu_cores": 1}');
    const { value, unknown } = fromWire(request, hostile);
    expect(unknown).toEqual(["__proto__"]);
    expect(Reflect.get(Object(value), "polluted")).toBeUndefined();
  });
});

test.each([
  [["targetCpuCores"], "target_cpu_cores"],
  [["moreDisks", "0", "sizeGb"], "more_disks.0.size_gb"],
  [["nodeLabels", "ownKey"], "node_labels.ownKey"],
  [["place", "clusterId"], "place.cluster_id"],
])("the field %s is called %s on the wire", (path, name) => {
  expect(wirePath(request, path).join(".")).toBe(name);
});

test("a name of one word stays as it is", () => {
  expect(snakeCase("name")).toBe("name");
});

test("any JSON is taken as it is, however deep, in time that grows with its size alone", () => {
  const schema = z.strictObject({ passkey: z.record(z.string(), z.json()).optional() });
  const deep = (levels: number): unknown => (levels === 0 ? "x" : { a: [deep(levels - 1)] });
  const began = process.cpuUsage();
  const { value, unknown } = fromWire(schema, { passkey: { id: deep(15) } });
  expect(unknown).toEqual([]);
  expect(value).toEqual({ passkey: { id: deep(15) } });
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(500);
});

test("a key that would become the object's ancestor is named as one that nobody asked for", () => {
  const schema = z.strictObject({ specOverrides: z.record(z.string(), z.number()) });
  const { unknown } = fromWire(schema, {
    spec_overrides: JSON.parse('{"__proto__":{"a":1},"b":2}') as unknown,
  });
  expect(unknown).toEqual(["spec_overrides.__proto__"]);
});
