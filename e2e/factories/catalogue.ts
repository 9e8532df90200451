import { createSize } from "@/lib/catalog/sizes/create-size";
import { createSizeInput, type CreateSize } from "@/lib/catalog/sizes/schema";
import { activateTemplate } from "@/lib/catalog/templates/activate-template";
import { createTemplate } from "@/lib/catalog/templates/create-template";
import { createTemplateInput, type CreateTemplate } from "@/lib/catalog/templates/schema";
import { platformContext } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";

/** An active template offered everywhere. */
export async function aTemplate(over: Partial<CreateTemplate> = {}): Promise<{ id: string }> {
  const ctx = platformContext("test");
  const input = createTemplateInput.parse({
    name: `ubuntu-${newId().slice(-8)}`,
    displayName: "Ubuntu",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/ubuntu:24.04",
    catalogScope: "all",
    ...over,
  });
  const template = await createTemplate(ctx, input);
  await activateTemplate(ctx, { templateId: template.id });
  return template;
}

/** One core, two gibibytes, ten to a hundred gigabytes of disk. */
export function aSize(over: Partial<CreateSize> = {}): Promise<{ id: string; name: string }> {
  const input = createSizeInput.parse({
    name: `small-${newId().slice(-8)}`,
    displayName: "Small",
    cpuCores: 1,
    memoryGi: 2,
    defaultDiskGb: 20,
    minDiskGb: 10,
    maxDiskGb: 100,
    catalogScope: "all",
    ...over,
  });
  return createSize(platformContext("test"), input);
}
