import { createSize } from "@/lib/catalog/sizes/create-size";
import { createSizeInput } from "@/lib/catalog/sizes/schema";
import { activateTemplate } from "@/lib/catalog/templates/activate-template";
import { createTemplate } from "@/lib/catalog/templates/create-template";
import { createTemplateInput } from "@/lib/catalog/templates/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";

const welcome = `#cloud-config
package_update: false
write_files:
  - path: /etc/motd
    content: Made with Shepherd. Ask for changes where you asked for this machine.
`;

const templates = [
  {
    name: "ubuntu-24.04",
    displayName: "Ubuntu 24.04 LTS",
    description: "General purpose server, five years of updates.",
    category: "Server",
    imageUrl: "quay.io/containerdisks/ubuntu:24.04",
    osVersion: "24.04",
    loginUser: "ubuntu",
    oneTimePassword: true,
    quickFields: ["spec.template.spec.terminationGracePeriodSeconds"],
    advancedFields: ["spec.template.spec.evictionStrategy"],
    fieldDefaults: { "spec.template.spec.terminationGracePeriodSeconds": 60 },
    fieldConstraints: {
      "spec.template.spec.terminationGracePeriodSeconds": { min: 0, max: 600 },
    },
  },
  {
    name: "debian-13",
    displayName: "Debian 13",
    description: "Small, calm, long-lived.",
    category: "Server",
    imageUrl: "quay.io/containerdisks/debian:13",
    osVersion: "13",
  },
  {
    name: "fedora-43",
    displayName: "Fedora 43",
    description: "Current kernel and tools for development.",
    category: "Development",
    imageUrl: "quay.io/containerdisks/fedora:43",
    osVersion: "43",
  },
  {
    name: "centos-stream-10",
    displayName: "CentOS Stream 10",
    description: "Close to Red Hat Enterprise Linux 10.",
    category: "Server",
    imageUrl: "quay.io/containerdisks/centos-stream:10",
    osVersion: "10",
  },
] as const;

const sizes = [
  size("small", "Small", { cpuCores: 1, memoryGi: 2, defaultDiskGb: 20, minDiskGb: 10, maxDiskGb: 100 }),
  size("medium", "Medium", { cpuCores: 2, memoryGi: 4, defaultDiskGb: 40, minDiskGb: 20, maxDiskGb: 250 }),
  size("large", "Large", { cpuCores: 4, memoryGi: 16, defaultDiskGb: 80, minDiskGb: 40, maxDiskGb: 500 }),
  size("gpu-a10", "GPU A10", {
    cpuCores: 8,
    memoryGi: 32,
    defaultDiskGb: 200,
    minDiskGb: 100,
    maxDiskGb: 1000,
    gpuDevices: [{ name: "nvidia.com/GA102GL_A10", count: 1 }],
  }),
];

function size(name: string, displayName: string, facts: Record<string, unknown>) {
  return { name, displayName, catalogScope: "all", ...facts };
}

/** Templates and sizes people can ask for at once; what is there already stays as it is. */
export async function addCatalogue(ctx: Context): Promise<void> {
  for (const template of templates) {
    const known = await db().template.findFirst({ where: { name: template.name }, select: { id: true } });
    if (known !== null) continue;
    const input = { ...template, sourceType: "containerdisk", cloudInit: welcome, catalogScope: "all" };
    const { id } = await createTemplate(ctx, createTemplateInput.parse(input));
    await activateTemplate(ctx, { templateId: id });
  }
  for (const [index, facts] of sizes.entries()) {
    const known = await db().instanceSize.findUnique({ where: { name: facts.name }, select: { id: true } });
    if (known === null) await createSize(ctx, createSizeInput.parse({ ...facts, sortOrder: index * 10 }));
  }
}
