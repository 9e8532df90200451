import type { DerivedHardware } from "@/lib/catalog/sizes/resolve-hardware";
import type { CreateSize } from "@/lib/catalog/sizes/schema";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { VmBlueprint, VmIdentity } from "../schema";

/** Nobody's machine: a size is looked at before there is one. */
export const sampleIdentity: VmIdentity = {
  name: "sample-system-service-01",
  namespace: "sample",
  system: "system",
  service: "service",
  serviceId: "sample",
  instance: "01",
  ticketId: "sample",
  createdBy: "sample",
};

export interface SampleSource {
  source: VmBlueprint["source"];
  cloudInit: string;
  osFamily: string;
  imageClusterId?: string | undefined;
}

const plainSource: SampleSource = {
  source: { type: "containerdisk", imageUrl: "registry.example/sample:1" },
  cloudInit: "",
  osFamily: "linux",
};

/** The operating system of a template; without one, an image that no cluster fetches for a dry run. */
export async function readSample(templateId: string | undefined): Promise<SampleSource> {
  if (templateId === undefined) return plainSource;
  const template = await db().template.findUnique({ where: { id: templateId } });
  if (template === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "template" });
  const upload =
    template.imageUploadId === null
      ? null
      : await db().imageUpload.findUnique({
          where: { id: template.imageUploadId },
          select: { clusterId: true },
        });
  const { cloudInit, osFamily } = template;
  return { source: sourceOf(template), cloudInit, osFamily, imageClusterId: upload?.clusterId };
}

interface StoredSource {
  sourceType: string;
  imageUrl: string | null;
  pvcNamespace: string | null;
  pvcName: string | null;
}

function sourceOf({ sourceType, imageUrl, pvcNamespace, pvcName }: StoredSource): VmBlueprint["source"] {
  if (sourceType === "cdi_pvc_clone") {
    return { type: "cdi_pvc_clone", pvcNamespace: pvcNamespace ?? "", pvcName: pvcName ?? "" };
  }
  const type = sourceType === "cdi_image_import" ? "cdi_image_import" : "containerdisk";
  return { type, imageUrl: imageUrl ?? "" };
}

/** A machine of this size as it would be asked for without any wishes. */
export function sampleBlueprint(
  size: CreateSize,
  hardware: DerivedHardware,
  { source, cloudInit, osFamily }: SampleSource,
): VmBlueprint {
  return {
    source,
    cloudInit,
    osFamily,
    cpuLimit: size.cpuCores,
    cpuRequest: size.cpuRequest ?? size.cpuCores,
    memoryLimitGi: size.memoryGi,
    memoryRequestGi: size.memoryRequestGi ?? size.memoryGi,
    diskGb: size.defaultDiskGb,
    dedicatedCpu: hardware.dedicatedCpu,
    gpuDevices: hardware.gpuDevices,
    sriovNetworks: hardware.sriovNetworks,
    hugepagesSize: hardware.hugepagesSize,
    storageClass: null,
    dvAccessModes: size.dvAccessModes,
    dvVolumeMode: size.dvVolumeMode,
    overrides: size.specOverrides,
    initialPassword: null,
  };
}
