import { expect, test } from "vitest";
import { fieldOfRefusal } from "./refused-field";

test.each([
  ["spec.template.spec.domain.cpu.cores", "targetCpuCores"],
  ["spec.template.spec.domain.resources.requests.cpu", "targetCpuCores"],
  ["spec.template.spec.domain.memory.guest", "targetMemoryGi"],
  ["spec.template.spec.domain.resources.limits.memory", "targetMemoryGi"],
  ["spec.template.spec.domain.memory.hugepages.pageSize", "instanceSizeId"],
  ["spec.template.spec.domain.devices.gpus[0].deviceName", "instanceSizeId"],
  ["spec.dataVolumeTemplates[0].spec.storage.resources.requests.storage", "targetDiskGb"],
  ["spec.dataVolumeTemplates[0].spec.source.registry.url", "templateId"],
  ["spec.template.spec.volumes[1].cloudInitNoCloud.userData", "templateId"],
  ["metadata.name", null],
])("a refusal of %s belongs to %s", (path, field) => {
  expect(fieldOfRefusal(path)).toBe(field);
});
