import type { DataVolumeTemplate, VirtualMachineManifest } from "@/lib/adapters/kubevirt/types";
import type { VmBlueprint, VmIdentity } from "./schema";

export const labelPrefix = "kubevirt-shepherd.io";
export const managedBy = "kubevirt-shepherd";

/** Blueprint and identity → manifest. The dry run at the desk and the apply in the worker send the same shape. */
export function renderVm(identity: VmIdentity, blueprint: VmBlueprint): VirtualMachineManifest {
  const labels = labelsOf(identity);
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: {
      name: identity.name,
      namespace: identity.namespace,
      labels,
      annotations: {
        [`${labelPrefix}/fqdn`]: `${identity.name}.${identity.namespace}.svc.cluster.local`,
      },
    },
    spec: {
      runStrategy: "Always",
      dataVolumeTemplates: [rootVolume(identity.name, blueprint)],
      template: {
        metadata: { labels },
        spec: {
          hostname: identity.name,
          terminationGracePeriodSeconds: 180,
          domain: domain(blueprint),
          networks: [{ name: "default", pod: {} }],
          volumes: [
            { name: "root", dataVolume: { name: rootVolumeName(identity.name) } },
            ...(blueprint.cloudInit === ""
              ? []
              : [{ name: "cloudinit", cloudInitNoCloud: { userData: blueprint.cloudInit } }]),
          ],
        },
      },
    },
  };
}

function labelsOf(identity: VmIdentity): Record<string, string> {
  return {
    [`${labelPrefix}/managed-by`]: managedBy,
    [`${labelPrefix}/system`]: identity.system,
    [`${labelPrefix}/service`]: identity.service,
    [`${labelPrefix}/service-id`]: identity.serviceId,
    [`${labelPrefix}/instance`]: identity.instance,
    [`${labelPrefix}/ticket-id`]: identity.ticketId,
    [`${labelPrefix}/created-by`]: identity.createdBy,
    [`${labelPrefix}/hostname`]: identity.name,
  };
}

function rootVolumeName(vmName: string): string {
  return `${vmName}-root`;
}

function rootVolume(vmName: string, blueprint: VmBlueprint): DataVolumeTemplate {
  return {
    metadata: { name: rootVolumeName(vmName) },
    spec: {
      source: volumeSource(blueprint.source),
      storage: {
        resources: { requests: { storage: `${blueprint.diskGb}Gi` } },
        ...(blueprint.storageClass === null ? {} : { storageClassName: blueprint.storageClass }),
        ...(blueprint.dvAccessModes.length === 0 ? {} : { accessModes: blueprint.dvAccessModes }),
        ...(blueprint.dvVolumeMode === null ? {} : { volumeMode: blueprint.dvVolumeMode }),
      },
    },
  };
}

function volumeSource(source: VmBlueprint["source"]): Record<string, unknown> {
  switch (source.type) {
    case "containerdisk":
      return { registry: { url: `docker://${source.imageUrl.replace(/^docker:\/\//, "")}` } };
    case "cdi_image_import":
      return { http: { url: source.imageUrl } };
    case "cdi_pvc_clone":
      return { pvc: { namespace: source.pvcNamespace, name: source.pvcName } };
  }
}

function domain(blueprint: VmBlueprint): Record<string, unknown> {
  return {
    cpu: {
      // KubeVirt counts whole cores; a half core is a whole one with half the share.
      cores: Math.ceil(blueprint.cpuLimit),
      sockets: 1,
      threads: 1,
      ...(blueprint.dedicatedCpu ? { dedicatedCpuPlacement: true } : {}),
    },
    memory: {
      guest: gibibytes(blueprint.memoryLimitGi),
      ...(blueprint.hugepagesSize === null ? {} : { hugepages: { pageSize: blueprint.hugepagesSize } }),
    },
    ...(blueprint.dedicatedCpu ? {} : { resources: resources(blueprint) }),
    devices: {
      disks: [
        { name: "root", disk: { bus: "virtio" }, bootOrder: 1 },
        ...(blueprint.cloudInit === "" ? [] : [{ name: "cloudinit", disk: { bus: "virtio" } }]),
      ],
      interfaces: [{ name: "default", masquerade: {}, model: "virtio" }],
      rng: {},
      ...(blueprint.gpuDevices.length === 0 ? {} : { gpus: gpus(blueprint) }),
    },
  };
}

function resources(blueprint: VmBlueprint): Record<string, unknown> {
  const requests = { cpu: String(blueprint.cpuRequest), memory: gibibytes(blueprint.memoryRequestGi) };
  return { requests, limits: { cpu: String(blueprint.cpuLimit) } };
}

function gpus(blueprint: VmBlueprint): { name: string; deviceName: string }[] {
  return blueprint.gpuDevices
    .flatMap((device) => Array<string>(device.count).fill(device.name))
    .map((deviceName, index) => ({ name: `gpu${index + 1}`, deviceName }));
}

/** Half gibibytes exist, fractions of a mebibyte do not. */
function gibibytes(gi: number): string {
  return Number.isInteger(gi) ? `${gi}Gi` : `${gi * 1024}Mi`;
}
