import { expect, test } from "vitest";
import { z } from "zod";
import { readSearch } from "./read-search";
import { readTextValues } from "./read-text-values";
import { snakeCase } from "./wire-case";

const schema = z.strictObject({
  name: z.string(),
  diskGb: z.number().optional(),
  note: z.string().nullable(),
  enabled: z.boolean(),
  guarded: z.boolean().default(true),
  environments: z.array(z.string()),
  size: z.strictObject({ cpuCores: z.number(), burst: z.boolean() }),
  network: z.strictObject({ vlan: z.number() }).optional(),
});

function formOf(entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

test("a form becomes what its schema expects", () => {
  const form = formOf([
    ["name", "web"],
    ["diskGb", ""],
    ["note", ""],
    ["enabled", "on"],
    ["guarded", "false"],
    ["environments", "test"],
    ["environments", "prod"],
    ["size.cpuCores", "0.5"],
    ["$ACTION_ID_x", ""],
  ]);
  const { value, unknown } = readTextValues(schema, form);
  expect(unknown).toEqual([]);
  expect(schema.parse(value)).toEqual({
    name: "web",
    note: null,
    enabled: true,
    guarded: false,
    environments: ["test", "prod"],
    size: { cpuCores: 0.5, burst: false },
  });
});

test("a switch that is off is false, one with a default keeps it, and a hidden false is overruled", () => {
  const { value } = readTextValues(
    schema,
    formOf([
      ["guarded", "false"],
      ["guarded", "true"],
    ]),
  );
  expect(value).toMatchObject({ enabled: false, guarded: true, environments: [] });
});

test("a text that is no number is left for the schema to refuse", () => {
  const { value } = readTextValues(schema, formOf([["diskGb", "ten"]]));
  expect(value).toMatchObject({ diskGb: "ten" });
});

test("a query has the names of the wire, and others are unknown", () => {
  const filter = z.strictObject({
    perPage: z.coerce.number().default(20),
    statusGroup: z.array(z.string()).optional(),
  });
  const search = new URLSearchParams("per_page=5&status_group=A&status_group=B&perPage=7");
  expect(readTextValues(filter, search, snakeCase)).toEqual({
    value: { perPage: 5, statusGroup: ["A", "B"] },
    unknown: ["perPage"],
  });
});

test("a page's address with nonsense in it shows the page as if it was not there", () => {
  const filter = z.strictObject({
    perPage: z.coerce.number().int().max(100).default(20),
    status: z.enum(["A"]).optional(),
  });
  expect(readSearch(filter, { perPage: "1000", status: "Z", junk: "1" })).toEqual({ perPage: 20 });
  expect(readSearch(filter, { perPage: "50", status: "A" })).toEqual({ perPage: 50, status: "A" });
});

test("a record comes as one text of JSON, and what is none is refused as it came", () => {
  const fields = z.strictObject({ fields: z.record(z.string(), z.json()).optional() });
  const read = (text: string) => readTextValues(fields, formOf([["fields", text]])).value;
  expect(fields.parse(read('{"spec.runStrategy":"Manual","disk_gb":20}'))).toEqual({
    fields: { "spec.runStrategy": "Manual", disk_gb: 20 },
  });
  expect(fields.parse(read(""))).toEqual({});
  for (const text of ["{", "1", "[]", '"x"']) expect(fields.safeParse(read(text)).success).toBe(false);
});
