import { expect, test } from "vitest";
import { fieldConstraint, templateContent, type TemplateDetail } from "@/lib/catalog/templates/schema";
import { contentOf, draftOf } from "./template-draft";

const grace = "spec.template.spec.terminationGracePeriodSeconds";
const runStrategy = "spec.runStrategy";
const tolerations = "spec.template.spec.tolerations";
const kinds = new Map([
  ["disk_gb", "integer"],
  [grace, "integer"],
  [runStrategy, "enum"],
  [tolerations, "array"],
] as const);

const content = {
  ...{ displayName: "Debian", description: "", category: "", osFamily: "linux", osVersion: "Debian 13" },
  ...{ sourceType: "containerdisk", imageUrl: "quay.io/containerdisks/debian:13" },
  ...{ pvcNamespace: null, pvcName: null, imageUploadId: null, cloudInit: "#cloud-config\n" },
  quickFields: ["disk_gb"],
  advancedFields: [runStrategy, grace],
  professionalFields: [],
  fieldDefaults: { [grace]: 30, [tolerations]: [{ operator: "Exists" }] },
  fieldConstraints: { disk_gb: { min: 10, max: 200 }, [runStrategy]: { options: ["Always", "Manual"] } },
  ...{ catalogScope: "test", logoId: null, loginUser: "debian", oneTimePassword: true },
} as const;

const detail: TemplateDetail = {
  ...templateContent.parse(content),
  ...{ id: "t1", name: "debian-13", version: 2, status: "draft", logoUrl: null, imageUpload: null },
  ...{ createdAt: new Date(0), updatedAt: new Date(0), deprecationMessage: null, activatedAt: null },
  ...{ deprecatedAt: null, archivedAt: null, revision: 1, createdByName: null },
};

test("a template that is opened and saved untouched stays what it was", () => {
  expect(contentOf(draftOf(detail), kinds)).toEqual(templateContent.parse(content));
});

test("a field that only has a value of the template's own is not asked for", () => {
  expect(draftOf(detail).fields.map(({ key, place }) => [key, place])).toEqual([
    ["disk_gb", "quick"],
    [runStrategy, "advanced"],
    [grace, "advanced"],
    [tolerations, "fixed"],
  ]);
});

test("the members of a source that is not chosen are let go of", () => {
  const clone = {
    ...draftOf(detail),
    sourceType: "cdi_pvc_clone",
    pvcNamespace: "golden",
    pvcName: " d13 ",
  } as const;

  expect(contentOf({ ...clone, cloneOf: "volume" }, kinds)).toMatchObject({
    ...{ imageUrl: null, pvcNamespace: "golden", pvcName: "d13", imageUploadId: null },
  });
  expect(contentOf({ ...clone, cloneOf: "upload", imageUploadId: "u1" }, kinds)).toMatchObject({
    ...{ imageUrl: null, pvcNamespace: null, pvcName: null, imageUploadId: "u1" },
  });
});

test("limits are sent as the schema takes them, and what is no number is left out", () => {
  const fields = [
    { key: "disk_gb", place: "quick", standard: "", min: "", max: "ten", options: [] },
    { key: grace, place: "quick", standard: "45", min: "1", max: "", options: [] },
  ] as const;
  const sent = contentOf(
    { ...draftOf(detail), fields: fields.map((field) => ({ ...field, options: [] })) },
    kinds,
  );

  expect(sent.fieldDefaults).toEqual({ [grace]: 45 });
  expect(sent.fieldConstraints).toEqual({ [grace]: { min: 1 } });
  expect(fieldConstraint.safeParse(sent.fieldConstraints[grace]).success).toBe(true);
});
