import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { db } from "@/lib/core/db";
import { fieldMasks, maskedSince } from "./exposed-fields";
import { listFieldSchemas, readEditorFields } from "./queries";

test("an editor gets the masked fields that its minor has, each with everything below it", async () => {
  const administrator = await anAdministrator();
  const newest = await readEditorFields(administrator, { entity: "instance_size" });
  expect(newest.quick.map(({ path }) => path)).toEqual(fieldMasks.instance_size.quick);
  expect(newest.professional.map(({ path }) => path)).toEqual(fieldMasks.instance_size.professional);
  const gpus = newest.quick.find(({ name }) => name === "gpus");
  expect(gpus?.items?.children?.map(({ name }) => name)).toContain("deviceName");

  const oldest = await readEditorFields(administrator, { entity: "instance_size", minor: "v1.2.0" });
  const shown = [...oldest.quick, ...oldest.advanced, ...oldest.professional].map(({ path }) => path);
  expect(shown.filter((path) => path in maskedSince)).toEqual([]);
  expect(shown.length).toBeGreaterThan(35);
});

test("every minor that is bundled, cached or in use is listed with who uses it and where its fields come from", async () => {
  const one = await aCluster({ name: "a-one", kubevirtVersion: "v1.5.1" });
  const two = await aCluster({ name: "b-two", kubevirtVersion: "v1.10.0", status: "UNREACHABLE" });
  const three = await aCluster({ name: "c-three", kubevirtVersion: "v1.10.4", status: "HEALTHY" });
  await aCluster({ kubevirtVersion: "v1.4.0", enabled: false });
  await aCluster({ kubevirtVersion: "devel" });
  await db().schemaCache.create({ data: { minor: "1.10", attempts: 2, lastError: "b-two: no answer" } });
  const minors = await listFieldSchemas(await anAdministrator());
  expect(minors.map(({ minor }) => minor)).toEqual(["1.2", "1.3", "1.4", "1.5", "1.7", "1.10"]);
  expect(minors[2]).toMatchObject({ minor: "1.4", source: "bundled", fallback: null, clusters: [] });
  expect(minors[3]).toMatchObject({ source: "bundled", clusters: [{ id: one.id, name: one.name }] });
  expect(minors[5]).toMatchObject({
    ...{ source: "fallback", fallback: "1.7", attempts: 2, lastError: "b-two: no answer", fetchedAt: null },
    clusters: [
      { id: three.id, name: three.name },
      { id: two.id, name: two.name },
    ],
  });
});

test("whoever may not see sizes sees neither their fields nor which clusters there are", async () => {
  const developer = await aPerson("role-development-engineer");
  const refusals = [
    listFieldSchemas(developer),
    readEditorFields(developer, { entity: "instance_size" }),
    readEditorFields(developer, { entity: "template" }),
  ].map((asked) => asked.catch(refusalOf));
  expect(await Promise.all(refusals)).toEqual(Array(3).fill("PERMISSION_DENIED"));
});
