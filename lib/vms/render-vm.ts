import { renderCloudInit } from "@/lib/catalog/templates/render-cloud-init";
import type { DataVolumeTemplate, VirtualMachineManifest } from "@/lib/adapters/kubevirt/types";
import type { VmBlueprint, VmIdentity } from "./schema";

export const labelPrefix = "kubevirt-shepherd.io";
export const managedBy = "kubevirt-shepherd";

/** Blueprint and identity → manifest. The dry run at the desk and the apply in the worker send the same shape. */
export function renderVm(identity: VmIdentity, blueprint: VmBlueprint): VirtualMachineManifest {
  const labels = labelsOf(identity);
  const userData = renderCloudInit(blueprint);
  const networks = networksOf(blueprint);
  const manifest: VirtualMachineManifest = {
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
          domain: domain(blueprint, userData !== ""),
          networks: [
            { name: "default", pod: {} },
            ...networks.map(({ name, networkName }) => ({ name, multus: { networkName } })),
          ],
          volumes: [
            { name: "root", dataVolume: { name: rootVolumeName(identity.name) } },
            ...(userData === "" ? [] : [{ name: "cloudinit", cloudInitNoCloud: { userData } }]),
          ],
        },
      },
    },
  };
  return layOver(manifest, blueprint.overrides);
}

/** Each override replaces what stands at its path; a value that is an object or a list replaces it whole. */
function layOver(
  manifest: VirtualMachineManifest,
  overrides: VmBlueprint["overrides"],
): VirtualMachineManifest {
  const whole = structuredClone(manifest);
  for (const [path, value] of Object.entries(overrides)) {
    const keys = path.split(".");
    const last = keys.pop();
    if (last === undefined || keys[0] !== "spec") throw new Error(`not a path of a machine: ${path}`);
    // A manifest is plain JSON; what is on the way to a new leaf is made.
    const parent = keys.reduce((at, key) => memberOf(at, key), whole as unknown as Json);
    Object.defineProperty(parent, last, { value, enumerable: true, writable: true, configurable: true });
  }
  return whole;
}

type Json = Record<string, unknown>;

function memberOf(parent: Json, key: string): Json {
  const member = Object.hasOwn(parent, key) ? parent[key] : undefined;
  if (typeof member === "object" && member !== null && !Array.isArray(member)) return member as Json;
  const made: Json = {};
  Object.defineProperty(parent, key, { value: made, enumerable: true, writable: true, configurable: true });
  return made;
}

/** One SR-IOV interface per network attachment, beside the pod's own. */
function networksOf({ sriovNetworks }: VmBlueprint): { name: string; networkName: string }[] {
  return sriovNetworks.map((networkName, index) => ({ name: `sriov${index + 1}`, networkName }));
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
    metadata: {
      name: rootVolumeName(vmName),
      labels: {
        [`${labelPrefix}/managed-by`]: managedBy,
        [`${labelPrefix}/hostname`]: vmName,
      },
    },
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

function domain(blueprint: VmBlueprint, hasCloudInit: boolean): Record<string, unknown> {
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
        ...(hasCloudInit ? [{ name: "cloudinit", disk: { bus: "virtio" } }] : []),
      ],
      interfaces: [
        { name: "default", masquerade: {}, model: "virtio" },
        ...networksOf(blueprint).map(({ name }) => ({ name, sriov: {} })),
      ],
      rng: {},
      ...(blueprint.gpuDevices.length === 0 ? {} : { gpus: gpus(blueprint) }),
    },
  };
}

/**
 * Only what KubeVirt does not derive by itself: a limit that says no more than the number of cores, or a reserved amount
 * that is the whole memory, would keep the machine from being given more while it runs.
 */
function resources(blueprint: VmBlueprint): Record<string, unknown> {
  const { cpuRequest, cpuLimit, memoryRequestGi, memoryLimitGi } = blueprint;
  const memory = memoryRequestGi === memoryLimitGi ? {} : { memory: gibibytes(memoryRequestGi) };
  const requests = { cpu: String(cpuRequest), ...memory };
  return Number.isInteger(cpuLimit) ? { requests } : { requests, limits: { cpu: String(cpuLimit) } };
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
