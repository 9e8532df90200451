import { describe, expect, test } from "vitest";
import { aSize } from "@/e2e/factories/catalogue";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { createTemplateInput } from "@/lib/catalog/templates/schema";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { previewTemplate } from "./preview-template";

const template = (over: object = {}) =>
  createTemplateInput.parse({
    name: `debian-${newId().slice(-8)}`,
    displayName: "Debian",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/debian:13",
    ...over,
  });

describe("the preview of a template", () => {
  test("shows the machine it would make with a size, and writes nothing", async () => {
    const administrator = await anAdministrator();
    const size = await aSize({ cpuCores: 4, memoryGi: 8 });
    const before = await db().template.count();
    const grace = "spec.template.spec.terminationGracePeriodSeconds";

    const preview = await previewTemplate(administrator, {
      template: template({
        ...{ cloudInit: "#cloud-config\nssh_pwauth: true\n", loginUser: "debian", oneTimePassword: true },
        fieldDefaults: { [grace]: 42 },
      }),
      instanceSizeId: size.id,
    });

    expect(preview.problems).toEqual([]);
    expect(preview.cloudInit.map(({ code }) => code)).toEqual(["password_sign_in"]);
    expect(preview.renderedYaml).toContain("docker://quay.io/containerdisks/debian:13");
    expect(preview.renderedYaml).toContain("terminationGracePeriodSeconds: 42");
    expect(preview.renderedYaml).toMatch(/cores: 4\b/);
    expect(preview.renderedYaml).toContain("chpasswd:");
    expect(preview.verdict).toBeNull();
    expect(await db().template.count()).toBe(before);
  });

  test("says what saving would refuse, at its field", async () => {
    const administrator = await anAdministrator();

    const preview = await previewTemplate(administrator, {
      template: template({
        imageUrl: "127.0.0.1:5000/disks/debian",
        cloudInit: "#cloud-config\npackages: [curl]\n",
      }),
    });
    expect(preview.problems).toMatchObject([{ field: "imageUrl", code: "image_inside_address" }]);
    expect(preview.renderedYaml).toBeNull();

    const violation = await previewTemplate(administrator, {
      template: template({ quickFields: ["spec.template.spec.domain.cpu.cores"] }),
    });
    expect(violation.problems).toMatchObject([{ field: null, code: "TEMPLATE_SPEC_VIOLATION" }]);
  });

  test("tells why a cluster would not be chosen, and that nobody could ask it while no worker runs", async () => {
    const administrator = await anAdministrator();
    const cluster = await aCluster();

    const preview = await previewTemplate(administrator, { template: template(), clusterId: cluster.id });

    expect(preview.notChecked).toBe("WORKER_SILENT");
    expect(preview.exclusions.map(({ code }) => code)).toContain("ClusterUnavailable");
    expect(preview.renderedYaml).not.toBeNull();
  }, 20_000);

  test("is for those who keep the catalogue", async () => {
    const developer = await aPerson("role-development-engineer");

    await expect(previewTemplate(developer, { template: template() })).rejects.toMatchObject({
      params: { permission: "template:write" },
    });
  });
});
