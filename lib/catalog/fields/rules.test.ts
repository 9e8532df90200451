import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { readFieldSchema } from "./read-field-schema";
import { findField, unknownPaths, valueProblems } from "./rules";
import type { FieldNode } from "./schema";

const machine = "spec.template.spec";
const domain = `${machine}.domain`;
const disks = `${domain}.devices.disks`;
let root: FieldNode;
beforeAll(async () => {
  root = (await readFieldSchema(db(), "1.5")).root;
});

const codes = (overrides: Record<string, unknown>) =>
  valueProblems(root, overrides).map(({ path, code }) => `${code} ${path}`);

/** Every field of the tree that a path can name, with the path of the list it stands in taken as a whole. */
function fieldsBelow(node: FieldNode): FieldNode[] {
  return [
    node,
    ...(node.children ?? []).flatMap(fieldsBelow),
    ...(node.items ? fieldsBelow(node.items) : []),
  ];
}

/** Values that fit a field: what a person who follows the form can enter. */
function fitting(node: FieldNode): fc.Arbitrary<unknown> {
  switch (node.type) {
    case "integer":
      return fc.integer({
        min: node.minimum ?? -2_147_483_648,
        max: Math.min(node.maximum ?? 2_147_483_647, 2 ** 31 - 1),
      });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e6 });
    case "boolean":
      return fc.boolean();
    case "quantity":
      return fc.oneof(
        fc.nat(),
        fc
          .tuple(fc.nat(), fc.constantFrom("", "m", "k", "M", "Gi", "Mi", "Ti", "e3"))
          .map((parts) => parts.join("")),
      );
    case "enum":
      return fc.constantFrom(...(node.options ?? []));
    case "string":
      return fc.string({ maxLength: 40 });
    case "array":
      return node.items ? fc.array(fitting(node.items), { maxLength: 2 }) : fc.constant([]);
    case "map":
      return fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}\/?[a-z]{1,8}$/),
        node.items ? fitting(node.items) : fc.string(),
        {
          maxKeys: 3,
        },
      );
    case "object":
      return fittingObject(node);
  }
}

function fittingObject({ children = [] }: FieldNode): fc.Arbitrary<unknown> {
  const required = children.filter((child) => child.required);
  const optional = children.filter((child) => !child.required);
  return fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries([...required, ...chosen].map((one) => [one.name, fitting(one)]))),
    );
}

test("a field is found by its path, a list's items by brackets, a map's by any key without a dot", () => {
  expect(findField(root, "spec")).toBe(root);
  expect(findField(root, `${domain}.cpu.cores`)).toMatchObject({
    type: "integer",
    minimum: 1,
    path: `${domain}.cpu.cores`,
  });
  expect(findField(root, `${disks}[].disk.bus`)).toMatchObject({
    type: "enum",
    options: ["virtio", "sata", "scsi", "usb"],
  });
  expect(findField(root, `${machine}.nodeSelector.zone`)?.type).toBe("string");
  for (const path of [
    "",
    "status",
    "spec.",
    "spec.nope",
    `${disks}.name`,
    `${disks}[0].name`,
    `${domain}.cpu[].cores`,
  ])
    expect([path, findField(root, path)]).toEqual([path, null]);
});

describe("what fits", () => {
  test("every value made after the tree fits it", () => {
    const fields = fieldsBelow(root).filter(
      ({ path }) => !/\[\]|\{\}/.test(path) && path.split(".").length > 3,
    );
    expect(fields.length).toBeGreaterThan(150);
    const pair = fc.constantFrom(...fields).chain((node) => fitting(node).map((value) => ({ node, value })));
    fc.assert(
      fc.property(pair, ({ node, value }) => {
        expect(codes({ [node.path]: value })).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a value of another kind never fits", () => {
    const kinds: Record<string, unknown> = {
      string: "x1!",
      number: 1.5,
      boolean: true,
      object: { zz: { zz: {} } },
      array: [[]],
    };
    const fields = fieldsBelow(root).filter(({ path }) => !/\[\]|\{\}/.test(path) && path !== "spec");
    for (const node of fields.filter(({ type, children }) => type !== "object" || children !== undefined)) {
      const own =
        { integer: "", number: "number", quantity: "", enum: "", map: "", array: "" }[node.type as never] ??
        node.type;
      for (const [kind, value] of Object.entries(kinds)) {
        if (kind !== own)
          expect([node.path, kind, codes({ [node.path]: value }).length > 0]).toEqual([
            node.path,
            kind,
            true,
          ]);
      }
    }
  });
});

test("unknown members are named, however deep they stand", () => {
  const overrides = {
    [`${domain}.cpu`]: { cores: 2, coress: 3, features: [{ name: "vmx", polcy: "force" }] },
    [`${domain}.nothing`]: 1,
    "metadata.name": "x",
  };
  expect(unknownPaths(root, overrides)).toEqual([
    `${domain}.cpu.coress`,
    `${domain}.cpu.features[0].polcy`,
    `${domain}.nothing`,
    "metadata.name",
  ]);
});

test.each([
  [{ [`${domain}.cpu.cores`]: 0 }, `too_small ${domain}.cpu.cores`],
  [{ [`${domain}.cpu.cores`]: 2 ** 31 }, `too_large ${domain}.cpu.cores`],
  [{ [`${domain}.cpu.cores`]: 1.5 }, `wrong_type ${domain}.cpu.cores`],
  [{ [`${domain}.cpu.cores`]: "2" }, `wrong_type ${domain}.cpu.cores`],
  [{ [`${domain}.cpu.cores`]: Number.NaN }, `wrong_type ${domain}.cpu.cores`],
  [{ [`${domain}.cpu.cores`]: null }, `wrong_type ${domain}.cpu.cores`],
  [{ [`${domain}.memory.guest`]: "4 Gi" }, `bad_quantity ${domain}.memory.guest`],
  [{ [`${domain}.memory.guest`]: "-4Gi" }, `bad_quantity ${domain}.memory.guest`],
  [{ [`${domain}.memory.guest`]: "4GiB" }, `bad_quantity ${domain}.memory.guest`],
  [{ [`${domain}.memory.guest`]: -1 }, `wrong_type ${domain}.memory.guest`],
  [
    { [`${domain}.memory.hugepages`]: { pageSize: "3Mi" } },
    `not_an_option ${domain}.memory.hugepages.pageSize`,
  ],
  [{ [`${machine}.evictionStrategy`]: "livemigrate" }, `not_an_option ${machine}.evictionStrategy`],
  [{ "spec.runStrategy": "WaitAsReceiver" }, "not_an_option spec.runStrategy"],
  [{ [disks]: [{ disk: { bus: "ide" }, name: "a" }] }, `not_an_option ${disks}[0].disk.bus`],
  [{ [disks]: [{ disk: {} }] }, `required ${disks}[0].name`],
  [{ [`${disks}[].name`]: "a" }, `unknown_field ${disks}[].name`],
  [{ [`${domain}.devices.rng`]: { source: "/dev/random" } }, `unknown_field ${domain}.devices.rng.source`],
  [
    { [`${domain}.resources.limits.nvidia.com/gpu`]: "1" },
    `unknown_field ${domain}.resources.limits.nvidia.com/gpu`,
  ],
  [{ [`${machine}.subdomain`]: "x".repeat(16_385) }, `too_long ${machine}.subdomain`],
  [{ [`${machine}.nodeSelector`]: { "": "x" } }, `unknown_field ${machine}.nodeSelector.`],
])("%j is refused", (overrides, problem) => {
  expect(codes(overrides)).toEqual([problem]);
});

test("a port is a number or a name", () => {
  const probe = (port: unknown) => ({ [`${machine}.readinessProbe`]: { tcpSocket: { port } } });
  expect(codes(probe(22))).toEqual([]);
  expect(codes(probe("ssh"))).toEqual([]);
  expect(codes(probe(1.5))).toEqual([`wrong_type ${machine}.readinessProbe.tcpSocket.port`]);
});

test("values that later minors know are refused in earlier ones", async () => {
  const { root: oldest } = await readFieldSchema(db(), "1.2");
  const { root: newest } = await readFieldSchema(db(), "1.7");
  const igb = { [`${domain}.devices.interfaces`]: [{ name: "default", masquerade: {}, model: "igb" }] };
  expect(valueProblems(newest, igb)).toEqual([]);
  expect(valueProblems(oldest, igb)).toMatchObject([{ code: "not_an_option" }]);
  expect(unknownPaths(oldest, { [`${domain}.rebootPolicy`]: "Reboot" })).toEqual([`${domain}.rebootPolicy`]);
});

describe("hostile values", () => {
  test("names of JavaScript's own machinery are no fields", () => {
    const poisoned: unknown = JSON.parse(`{"__proto__": {"cores": 1}, "constructor": 1, "cores": 2}`);
    expect(codes({ [`${domain}.cpu`]: poisoned })).toEqual([
      `unknown_field ${domain}.cpu.__proto__`,
      `unknown_field ${domain}.cpu.constructor`,
    ]);
    expect(codes({ [`${machine}.nodeSelector`]: JSON.parse(`{"__proto__": "x"}`) })).toEqual([
      `unknown_field ${machine}.nodeSelector.__proto__`,
    ]);
    for (const path of [
      "spec.__proto__.x",
      "spec.constructor",
      `${machine}.nodeSelector.__proto__`,
      "__proto__",
    ])
      expect(unknownPaths(root, Object.fromEntries([[path, 1]]))).toEqual([path]);
  });

  test("ten thousand keys, a hundred thousand levels and a megabyte end at once, with few problems", () => {
    const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, "x"]));
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { spec: deep };
    const begun = performance.now();
    expect(codes({ [`${machine}.nodeSelector`]: keys })[0]).toMatch(/^too_many /);
    expect(valueProblems(root, keys)).toHaveLength(100);
    expect(codes({ [`${domain}.cpu`]: deep })).toContain(`unknown_field ${domain}.cpu.spec`);
    expect(codes({ [`${domain}.memory.guest`]: "1".repeat(1_000_000) })).toEqual([
      `bad_quantity ${domain}.memory.guest`,
    ]);
    expect(codes({ [`spec.${"a.".repeat(500_000)}`]: 1 })[0]).toMatch(/^unknown_field spec\.a\./);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test("a free-form object may hold anything, but not without end", () => {
    const free: FieldNode = { name: "spec", path: "spec", type: "object", description: "", required: false };
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(valueProblems(free, { spec: { any: [1, { thing: null }] } })).toEqual([]);
    expect(valueProblems(free, { spec: { deep } })).toMatchObject([{ code: "too_deep" }]);
    expect(valueProblems(free, { spec: JSON.parse(`{"a": {"__proto__": 1}}`) })).toMatchObject([
      { code: "unknown_field", path: "spec.a.__proto__" },
    ]);
  });
});
