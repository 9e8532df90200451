import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { bundledMinors } from "@/lib/catalog/fields/minors/rules";
import { storedSchema } from "@/lib/catalog/fields/stored/schema";
import { readKubevirtTypes } from "./read-kubevirt-types";
import { fileOfMinor, renderFieldSchema } from "./render-field-schema";

describe.each(bundledMinors)("the bundled fields of %s", (minor) => {
  const committed = fs.readFileSync(fileOfMinor(minor), "utf8");

  test("are what KubeVirt's published types say; npm run schemas writes them", () => {
    expect(renderFieldSchema(readKubevirtTypes(minor)) === committed).toBe(true);
  });

  test("are small, and each of their references leads somewhere", () => {
    expect(committed.length).toBeLessThan(400_000);
    const { shapes, root } = storedSchema.parse(JSON.parse(committed));
    const references = [...committed.matchAll(/"ref":"(\w+)"/g)].map(([, name = ""]) => name);
    expect(references).toContain(root.ref);
    expect(references.filter((name) => shapes[name] === undefined)).toEqual([]);
    expect(Object.keys(shapes).length).toBeGreaterThan(120);
  });
});
