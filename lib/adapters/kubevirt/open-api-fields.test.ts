import { describe, expect, test } from "vitest";
import { reduceSchema, shortenDescription, type DeclaredField } from "./open-api-fields";

const reduced = (members: object, schemas: object = {}) =>
  reduceSchema(schemas, { type: "object", properties: members }).children ?? {};

function depthOf(field: DeclaredField): number {
  const below = [...Object.values(field.children ?? {}), ...(field.items ? [field.items] : [])];
  return 1 + Math.max(0, ...below.map(depthOf));
}

test("each kind of declaration becomes its kind of field", () => {
  const intOrString = {
    "x-kubernetes-int-or-string": true,
    anyOf: [{ type: "integer" }, { type: "string" }],
  };
  const fields = reduced({
    cores: { type: "integer", format: "int32", description: "How many." },
    seconds: { type: "integer", format: "int64" },
    isOn: { type: "boolean" },
    guest: { ...intOrString, pattern: "^(\\+|-)?[0-9]+$" },
    port: intOrString,
    policy: { type: "string", enum: ["Reboot", "Terminate", ""] },
    labels: { type: "object", additionalProperties: { type: "string" } },
    requests: { type: "object", additionalProperties: { ...intOrString, pattern: "x" } },
    bridge: { type: "object" },
    raw: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    untyped: {},
    disks: {
      type: "array",
      items: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    },
  });
  expect(fields).toEqual({
    cores: { type: "integer", description: "How many." },
    seconds: { type: "integer", maximum: Number.MAX_SAFE_INTEGER },
    isOn: { type: "boolean" },
    guest: { type: "quantity" },
    port: { type: "string", format: "int-or-string" },
    policy: { type: "enum", options: ["Reboot", "Terminate"] },
    labels: { type: "map", items: { type: "string" } },
    requests: { type: "map", items: { type: "quantity" } },
    bridge: { type: "object", children: {} },
    raw: { type: "object" },
    untyped: { type: "object" },
    disks: {
      type: "array",
      items: { type: "object", children: { name: { type: "string", required: true } } },
    },
  });
});

test("references are followed, also inside an allOf, and one that leads nowhere is free form", () => {
  const schemas = { A: { allOf: [{ $ref: "#/components/schemas/B" }] }, B: { type: "string" } };
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  expect(
    reduced({ a: to("A"), lost: to("C"), outside: { $ref: "https://evil.example/x" } }, schemas),
  ).toEqual({
    a: { type: "string" },
    lost: { type: "object" },
    outside: { type: "object" },
  });
  expect(reduced({ own: { $ref: "#/components/schemas/__proto__" } }, schemas)).toEqual({
    own: { type: "object" },
  });
});

describe("hostile documents", () => {
  const loop = { $ref: "#/components/schemas/Loop" };

  test("a reference to itself ends the reading", () => {
    expect(() => reduced({ a: loop }, { Loop: loop })).toThrow(/refers in circles/);
  });

  test("a shape that holds itself is cut at a depth, one that doubles itself is refused", () => {
    const nested = reduceSchema({ Loop: { type: "object", properties: { next: loop } } }, loop);
    expect(depthOf(nested)).toBeLessThan(30);
    const doubling = { Loop: { type: "object", properties: { left: loop, right: loop } } };
    const begun = performance.now();
    expect(() => reduceSchema(doubling, loop)).toThrow(/more than 20000 fields/);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test("a hundred thousand levels are cut, a thousand members refused", () => {
    let deep: object = { type: "string" };
    for (let level = 0; level < 100_000; level += 1) deep = { type: "array", items: deep };
    expect(depthOf(reduceSchema({}, deep))).toBeLessThan(30);
    const wide = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`m${index}`, { type: "string" }]),
    );
    expect(() => reduced(wide)).toThrow(/more than 500 members/);
  });

  test("names and words that are no field's do not come in", () => {
    const properties: object = JSON.parse(
      `{"__proto__": {"type": "string"}, "constructor": {"type": "string"}, "a b": {"type": "string"}, "a.b": {}, "": {}, "ok": {"type": "string"}}`,
    );
    expect(Object.keys(reduced(properties))).toEqual(["ok"]);
    const noisy = reduced({
      one: {
        type: "string",
        enum: ["a\u0000b", 1, null, "x".repeat(201)],
        description: "a\u001b[31mred\u0000",
      },
      two: { type: ["string"], description: { text: 1 } },
      three: { type: "array" },
      four: null,
      five: { type: "object", properties: [1], required: "name" },
    });
    expect(noisy).toEqual({
      one: { type: "enum", options: ["ab"], description: "a[31mred" },
      two: { type: "object" },
      three: { type: "array", items: { type: "object" } },
      four: { type: "object" },
      five: { type: "object", children: {} },
    });
  });

  test.each([null, 1, "x", [], {}])("%j declares nothing", (declared) => {
    expect(reduceSchema(declared, declared)).toEqual({ type: "object" });
  });
});

test("a long description ends with a sentence", () => {
  const sentence = "This field says how many there are. ";
  expect(shortenDescription(sentence.repeat(30))).toBe(sentence.repeat(11).trim());
  expect(shortenDescription("x".repeat(1_000))).toHaveLength(400);
  expect(shortenDescription("Quantity is a fixed-point representation of a number.")).toBe("");
});
