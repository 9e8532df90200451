import { describe, expect, test } from "vitest";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createSizeInput, createTemplateInput } from "./schema";
import { createSize } from "./sizes/create-size";
import { listOfferedSizes } from "./sizes/queries";
import { activateTemplate } from "./templates/activate-template";
import { createTemplate } from "./templates/create-template";
import { listAllTemplates, listOfferedTemplates } from "./templates/queries";

const template = (over: object = {}) =>
  createTemplateInput.parse({
    name: `debian-${newId().slice(-8)}`,
    displayName: "Debian",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/debian:13",
    ...over,
  });

const size = (over: object = {}) =>
  createSizeInput.parse({
    name: `size-${newId().slice(-8)}`,
    displayName: "Size",
    cpuCores: 2,
    memoryGi: 4,
    ...over,
  });

describe("templates", () => {
  test("a draft is offered to nobody until it is activated, and then where its scope reaches", async () => {
    const administrator = await anAdministrator();
    const developer = await aPerson("role-development-engineer");
    const { id } = await createTemplate(administrator, template({ catalogScope: "prod" }));
    const offered = async (environmentClass: "test" | "prod") =>
      (await listOfferedTemplates(developer, environmentClass)).map((row) => row.id);

    expect(await offered("prod")).not.toContain(id);
    await activateTemplate(administrator, { templateId: id });
    expect(await offered("prod")).toContain(id);
    expect(await offered("test")).not.toContain(id);
    await expect(activateTemplate(administrator, { templateId: id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  });

  test.for([
    ["file:///etc/passwd", "containerdisk"],
    ["http://images.example/disk.qcow2", "cdi_image_import"],
    ["https://user:secret@images.example/disk.qcow2", "cdi_image_import"],
    ["quay.io/Containerdisks/../x", "containerdisk"],
  ] as const)("the image address %s is refused and nothing is written", async ([imageUrl, sourceType]) => {
    const administrator = await anAdministrator();
    const before = await db().template.count();

    await expect(createTemplate(administrator, template({ imageUrl, sourceType }))).rejects.toMatchObject({
      fields: [{ field: "imageUrl", code: "invalid_image_url" }],
    });
    expect(await db().template.count()).toBe(before);
  });

  test.for([
    ["users: []", "cloud_config_head_missing"],
    ["#cloud-config\na: [1", "invalid_yaml"],
    ["#cloud-config\n- not\n- a mapping", "invalid_yaml"],
    ["#cloud-config\na: 1\na: 2", "invalid_yaml"],
    ["#include https://elsewhere.example/script", "cloud_config_head_missing"],
  ] as const)("cloud-init %j is refused", async ([cloudInit, code]) => {
    const administrator = await anAdministrator();

    await expect(createTemplate(administrator, template({ cloudInit }))).rejects.toMatchObject({
      fields: [{ field: "cloudInit", code }],
    });
  });

  test("an alias bomb in cloud-init is refused before it grows", async () => {
    const administrator = await anAdministrator();
    const bomb = `#cloud-config\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n`;

    await expect(createTemplate(administrator, template({ cloudInit: bomb }))).rejects.toMatchObject({
      fields: [{ field: "cloudInit", code: "invalid_yaml" }],
    });
  });

  test("keeping the catalogue takes its permissions", async () => {
    const developer = await aPerson("role-development-engineer");

    await expect(createTemplate(developer, template())).rejects.toMatchObject({
      params: { permission: "template:write" },
    });
    await expect(listAllTemplates(developer)).rejects.toMatchObject({
      params: { permission: "template:read" },
    });
    await expect(createSize(developer, size())).rejects.toMatchObject({
      params: { permission: "instance_size:write" },
    });
  });
});

describe("sizes", () => {
  test.for([
    ["a request above its limit", { cpuRequest: 3 }, "VALIDATION_FAILED"],
    ["memory requested above its limit", { memoryRequestGi: 8 }, "VALIDATION_FAILED"],
    ["shared dedicated cores", { dedicatedCpu: true, cpuRequest: 1 }, "DEDICATED_CPU_OVERCOMMIT"],
    ["a smallest disk above the default", { minDiskGb: 200 }, "VALIDATION_FAILED"],
    ["a largest disk below the default", { maxDiskGb: 60 }, "VALIDATION_FAILED"],
  ] as const)("%s is refused", async ([, over, code]) => {
    const administrator = await anAdministrator();

    await expect(createSize(administrator, size(over))).rejects.toMatchObject({ code });
  });

  test("a deprecated size is offered to nobody", async () => {
    const developer = await aPerson("role-development-engineer");
    const kept = await aSize();
    const old = await aSize();
    await db().instanceSize.update({ where: { id: old.id }, data: { deprecatedAt: new Date() } });

    const offered = (await listOfferedSizes(developer)).map(({ id }) => id);

    expect(offered).toContain(kept.id);
    expect(offered).not.toContain(old.id);
  });

  test("activating a second version deprecates the first in the same breath", async () => {
    const administrator = await anAdministrator();
    const first = await aTemplate();
    const row = await db().template.findUniqueOrThrow({ where: { id: first.id } });
    const { name, displayName, sourceType, createdBy } = row;
    const second = await db().template.create({
      data: { id: newId(), name, displayName, sourceType, createdBy, version: 2, status: "draft" },
      select: { id: true },
    });

    await activateTemplate(administrator, { templateId: second.id });

    const statuses = await db().template.findMany({ where: { name: row.name }, orderBy: { version: "asc" } });
    expect(statuses.map(({ status }) => status)).toEqual(["deprecated", "active"]);
  });
});
