import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { hostileImageUrls, hostileReferences } from "@/e2e/factories/hostile-image-urls";
import { anAdministrator } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { activateTemplate } from "./activate-template";
import { createTemplate } from "./create-template";
import { readTemplate } from "./queries";
import { createTemplateInput } from "./schema";

const template = (over: object = {}) =>
  createTemplateInput.parse({
    name: `debian-${newId().slice(-8)}`,
    displayName: "Debian",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/debian:13",
    catalogScope: "all",
    ...over,
  });

describe("a clone's source", () => {
  const anUpload = async (status: string) => {
    const { id: clusterId } = await aCluster();
    const id = newId();
    const data = {
      ...{
        id,
        clusterId,
        namespace: "images",
        name: `image-${id.slice(-8)}`,
        displayName: "Debian",
        fingerprint: id,
      },
      ...{ fileName: "debian.qcow2", format: "qcow2", sizeBytes: 1n, diskGb: 10, status, createdBy: "test" },
    };
    await db().imageUpload.create({ data, select: { id: true } });
    return data;
  };

  test("is an uploaded image's claim once that is ready, whatever else was typed", async () => {
    const administrator = await anAdministrator();
    const upload = await anUpload("READY");
    const { id } = await createTemplate(
      administrator,
      template({
        sourceType: "cdi_pvc_clone",
        imageUploadId: upload.id,
        pvcNamespace: "other",
        pvcName: "other",
      }),
    );

    expect(await readTemplate(administrator, id)).toMatchObject({
      ...{ imageUrl: null, pvcNamespace: "images", pvcName: upload.name },
      imageUpload: { id: upload.id, clusterId: upload.clusterId, displayName: "Debian", status: "READY" },
    });
  });

  test("an image still on its way is refused, also when it is gone between saving and activating", async () => {
    const administrator = await anAdministrator();
    const waiting = await anUpload("CONVERTING");
    const over = { sourceType: "cdi_pvc_clone", imageUploadId: waiting.id };
    await expect(createTemplate(administrator, template(over))).rejects.toMatchObject({
      fields: [{ field: "imageUploadId", code: "image_upload_not_ready" }],
    });

    await db().imageUpload.update({
      where: { id: waiting.id },
      data: { status: "READY" },
      select: { id: true },
    });
    const { id } = await createTemplate(administrator, template(over));
    await db().imageUpload.delete({ where: { id: waiting.id }, select: { id: true } });
    await expect(activateTemplate(administrator, { templateId: id })).rejects.toMatchObject({
      fields: [{ field: "imageUploadId", code: "image_upload_unknown" }],
    });
  });

  test("a claim named by hand needs both its names", async () => {
    const administrator = await anAdministrator();
    const named = { sourceType: "cdi_pvc_clone", pvcNamespace: "golden", pvcName: "debian-13" };

    const { id } = await createTemplate(administrator, template(named));

    expect(await readTemplate(administrator, id)).toMatchObject({ ...named, imageUrl: null });
    await expect(createTemplate(administrator, template({ ...named, pvcName: null }))).rejects.toMatchObject({
      fields: [{ field: "pvcName", code: "required" }],
    });
  });
});

describe("what a template may not say", () => {
  test.for([
    ...hostileImageUrls.map((imageUrl) => ["cdi_image_import", imageUrl] as const),
    ...hostileReferences.map((imageUrl) => ["containerdisk", imageUrl] as const),
  ])("an image by %s from %j is refused and nothing is written", async ([sourceType, imageUrl]) => {
    const administrator = await anAdministrator();
    const parsed = createTemplateInput.safeParse({ ...template(), sourceType, imageUrl });
    if (!parsed.success) {
      expect(parsed.error.issues[0]?.path).toEqual(["imageUrl"]);
      return;
    }

    await expect(createTemplate(administrator, parsed.data)).rejects.toMatchObject({
      fields: [{ field: "imageUrl", code: expect.stringMatching(/^image_/) as unknown }],
    });
    expect(await db().template.count({ where: { name: parsed.data.name } })).toBe(0);
    expect(await db().auditLog.count({ where: { actorId: administrator.actor.id } })).toBe(0);
  });

  test("an administrator may name the hosts images come from", async () => {
    const administrator = await anAdministrator();
    await db().platformSetting.create({
      data: { key: "catalog.image_hosts", value: ["quay.io", ".images.example"], updatedBy: "test" },
    });
    try {
      const from = (imageUrl: string) => createTemplate(administrator, template({ imageUrl }));
      await from("quay.io/containerdisks/debian:13");
      await from("eu.images.example/containerdisks/debian:13");
      for (const imageUrl of ["docker.io/library/debian:13", "evilquay.io/a/b", "images.example/a/b"]) {
        await expect(from(imageUrl)).rejects.toMatchObject({ fields: [{ code: "image_not_allowed" }] });
      }
    } finally {
      await db().platformSetting.delete({ where: { key: "catalog.image_hosts" } });
    }
  });

  test.for([
    ["quickFields", "spec.template.spec.domain.cpu.cores"],
    ["advancedFields", "spec.template.spec.domain.memory.guest"],
    ["professionalFields", "spec.template.spec.domain.resources.requests"],
    ["quickFields", "spec.template.spec.domain.clock.timezone"],
    ["quickFields", "requires_gpu"],
    ["quickFields", "dedicated_cpu"],
    ["quickFields", "hugepages_size"],
    ["quickFields", "cpu"],
    ["quickFields", "memory"],
    ["quickFields", "spec.instancetype"],
  ] as const)("%s may not name the hardware %s", async ([member, path]) => {
    const administrator = await anAdministrator();

    await expect(createTemplate(administrator, template({ [member]: [path] }))).rejects.toMatchObject({
      code: "TEMPLATE_SPEC_VIOLATION",
      params: { path },
    });
  });

  test.for([
    [{ fieldDefaults: { "spec.template.spec.domain.cpu.cores": 64 } }, "TEMPLATE_SPEC_VIOLATION"],
    [
      { fieldDefaults: { "spec.template.spec": { domain: { cpu: { cores: 64 } } } } },
      "TEMPLATE_SPEC_VIOLATION",
    ],
    [{ fieldConstraints: { "spec.template.spec.domain.cpu": { max: 64 } } }, "TEMPLATE_SPEC_VIOLATION"],
    [{ fieldDefaults: { "spec.template.spec.volumes": [{ name: "x", hostDisk: {} }] } }, "VALIDATION_FAILED"],
    [{ quickFields: ["spec.no.such.field"] }, "VALIDATION_FAILED"],
    [{ quickFields: ["disk_gb"], advancedFields: ["disk_gb"] }, "VALIDATION_FAILED"],
    [{ fieldDefaults: { disk_gb: 5 }, fieldConstraints: { disk_gb: { min: 10 } } }, "VALIDATION_FAILED"],
    [{ fieldConstraints: { disk_gb: { min: 10, max: 5 } } }, "VALIDATION_FAILED"],
    [{ fieldDefaults: { "spec.template.spec.dnsPolicy": 3 } }, "VALIDATION_FAILED"],
    [{ quickFields: ["spec.template.spec.dnsConfig"] }, "VALIDATION_FAILED"],
    [{ quickFields: ["__proto__"] }, "VALIDATION_FAILED"],
    [{ oneTimePassword: true }, "VALIDATION_FAILED"],
    [{ oneTimePassword: true, loginUser: "admin", osFamily: "windows" }, "VALIDATION_FAILED"],
    [{ logoId: "a".repeat(64) }, "VALIDATION_FAILED"],
    [{ sourceType: "cdi_pvc_clone" }, "VALIDATION_FAILED"],
    [{ sourceType: "cdi_pvc_clone", imageUploadId: "nobody" }, "VALIDATION_FAILED"],
    [{ cloudInit: "users: []" }, "VALIDATION_FAILED"],
  ] as const)("%j is refused as %s", async ([over, code]) => {
    const administrator = await anAdministrator();
    const input = template(over);

    await expect(createTemplate(administrator, input)).rejects.toMatchObject({ code });
    expect(await db().template.count({ where: { name: input.name } })).toBe(0);
  });

  test("a volume of the host named in a default is forbidden", async () => {
    const administrator = await anAdministrator();
    const volumes = [{ name: "x", hostDisk: { path: "/etc", type: "Disk" } }];

    await expect(
      createTemplate(administrator, template({ fieldDefaults: { "spec.template.spec.volumes": volumes } })),
    ).rejects.toMatchObject({ code: "FORBIDDEN_FIELD" });
  });
});
