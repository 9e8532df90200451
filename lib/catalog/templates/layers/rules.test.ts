import type { z } from "zod";
import { beforeAll, describe, expect, test } from "vitest";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import { db } from "@/lib/core/db";
import { platformContext } from "@/lib/core/context";
import { checkFieldValues } from "./check-field-values";
import { listLayerFields } from "./queries";
import { readNewestFields } from "./read-newest-fields";
import { offeredFields, settleFields } from "./rules";

const grace = "spec.template.spec.terminationGracePeriodSeconds";
const subdomain = "spec.template.spec.subdomain";
const dnsPolicy = "spec.template.spec.dnsPolicy";
type Json = z.output<ReturnType<typeof z.json>>;

const template = {
  quickFields: ["disk_gb", grace],
  advancedFields: [dnsPolicy],
  professionalFields: [subdomain],
  fieldDefaults: { [grace]: 60, "spec.runStrategy": "Always", disk_gb: 30 },
  fieldConstraints: {
    disk_gb: { min: 20, max: 100 },
    [grace]: { min: 30, max: 600 },
    [subdomain]: { options: ["blue", "green"] },
  },
};

let root: FieldNode;
beforeAll(async () => {
  root = (await readNewestFields(db())).root;
});

describe("what whoever asks may set", () => {
  test("the template's defaults hold for everybody, and a choice goes above them", () => {
    expect(settleFields(template, {})).toEqual({
      overrides: { [grace]: 60, "spec.runStrategy": "Always" },
      diskGb: 30,
    });
    expect(settleFields(template, { [grace]: 120, [subdomain]: "blue", disk_gb: 50 }, root)).toEqual({
      overrides: { [grace]: 120, "spec.runStrategy": "Always", [subdomain]: "blue" },
      diskGb: 50,
    });
  });

  test.for<[values: Record<string, Json>, key: string, code: string]>([
    [{ "spec.runStrategy": "Manual" }, "spec.runStrategy", "field_not_offered"],
    [
      { "spec.template.spec.domain.cpu.cores": 64 },
      "spec.template.spec.domain.cpu.cores",
      "field_not_offered",
    ],
    [{ ["__proto__" + ""]: 1 }, "__proto__", "field_not_offered"],
    [{ constructor: 1 }, "constructor", "field_not_offered"],
    [{ disk_gb: 19 }, "disk_gb", "too_small"],
    [{ disk_gb: 101 }, "disk_gb", "too_large"],
    [{ disk_gb: 30.5 }, "disk_gb", "wrong_type"],
    [{ disk_gb: "30" }, "disk_gb", "wrong_type"],
    [{ disk_gb: null }, "disk_gb", "required"],
    [{ [grace]: 29 }, grace, "too_small"],
    [{ [grace]: "120" }, grace, "wrong_type"],
    [{ [subdomain]: "red" }, subdomain, "not_an_option"],
    [{ [subdomain]: ["blue"] }, subdomain, "not_an_option"],
    [{ [dnsPolicy]: { a: 1 } }, dnsPolicy, "wrong_type"],
    [{ [dnsPolicy]: 3 }, dnsPolicy, "wrong_type"],
  ])("%j is refused at %s", ([values, key, code]) => {
    expect(() => settleFields(template, values, root)).toThrow(
      expect.objectContaining({
        fields: expect.arrayContaining([
          expect.objectContaining({ field: `fields.${key}`, code }),
        ]) as unknown,
      }),
    );
  });

  test("every refused value is named at once", () => {
    const settle = () => settleFields(template, { disk_gb: 1, [grace]: 1, other: 1 });

    expect(settle).toThrow(
      expect.objectContaining({ fields: [expect.anything(), expect.anything(), expect.anything()] }),
    );
  });

  test("a form draws them in their layers' order with type, options, default and limits", () => {
    const fields = offeredFields(template, root);

    expect(fields.map(({ key, layer, type }) => [key, layer, type])).toEqual([
      ["disk_gb", "quick", "integer"],
      [grace, "quick", "integer"],
      [dnsPolicy, "advanced", expect.stringMatching(/^(enum|string)$/) as unknown],
      [subdomain, "professional", "string"],
    ]);
    expect(fields[0]).toMatchObject({ default: 30, constraint: { min: 20, max: 100 } });
    expect(fields[3]).toMatchObject({ default: null, constraint: { options: ["blue", "green"] } });
  });

  test("the editor is offered what it may save, and nothing of the hardware", async () => {
    const fields = await listLayerFields(platformContext("test"));

    expect(fields.length).toBeGreaterThan(4);
    expect(fields[0]).toMatchObject({ key: "disk_gb", layer: "quick", isAskable: true });
    expect(fields.map(({ key }) => key)).toContain(grace);
    expect(fields.filter(({ key }) => key.includes(".domain.") || key === "spec.runStrategy")).toEqual([]);
    expect(fields.filter(({ type, isAskable }) => isAskable && type === "object")).toEqual([]);
  });

  test("settled values are held against KubeVirt's fields and what nobody may ask for", async () => {
    await checkFieldValues(db(), { [grace]: 60, [dnsPolicy]: "ClusterFirst" });
    await expect(checkFieldValues(db(), { [grace]: "long" })).rejects.toMatchObject({
      fields: [{ field: `fields.${grace}`, code: "wrong_type" }],
    });
    const volumes = [{ name: "x", hostDisk: { path: "/etc", type: "Disk" } }];
    await expect(checkFieldValues(db(), { "spec.template.spec.volumes": volumes })).rejects.toMatchObject({
      code: "FORBIDDEN_FIELD",
    });
  });
});
