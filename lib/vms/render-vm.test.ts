import { expect, test } from "vitest";
import { renderVm } from "./render-vm";
import type { VmBlueprint, VmIdentity } from "./schema";

const identity: VmIdentity = {
  name: "shop-cart-web-01",
  namespace: "shop",
  system: "cart",
  service: "web",
  serviceId: "service-1",
  instance: "01",
  ticketId: "ticket-1",
  createdBy: "user-1",
};

const blueprint: VmBlueprint = {
  source: { type: "containerdisk", imageUrl: "quay.io/images/ubuntu:24.04" },
  cloudInit: "",
  osFamily: "linux",
  cpuRequest: 1,
  cpuLimit: 2,
  memoryRequestGi: 2,
  memoryLimitGi: 4,
  diskGb: 20,
  dedicatedCpu: false,
  gpuDevices: [],
  hugepagesSize: null,
  storageClass: null,
  dvAccessModes: [],
  dvVolumeMode: null,
  sriovNetworks: [],
  overrides: {},
  initialPassword: null,
};

const render = (over: Partial<VmBlueprint> = {}) => renderVm(identity, { ...blueprint, ...over });
const rootOf = (over: Partial<VmBlueprint>) => render(over).spec.dataVolumeTemplates?.[0]?.spec;

test("the same blueprint is the same manifest, so that a repeated apply is no change", () => {
  expect(JSON.stringify(render())).toBe(JSON.stringify(render()));
});

test("machine and instance carry whose they are", () => {
  const { metadata, spec } = render();
  expect(metadata).toMatchObject({ name: "shop-cart-web-01", namespace: "shop" });
  expect(metadata.labels).toEqual({
    "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
    "kubevirt-shepherd.io/system": "cart",
    "kubevirt-shepherd.io/service": "web",
    "kubevirt-shepherd.io/service-id": "service-1",
    "kubevirt-shepherd.io/instance": "01",
    "kubevirt-shepherd.io/ticket-id": "ticket-1",
    "kubevirt-shepherd.io/created-by": "user-1",
    "kubevirt-shepherd.io/hostname": "shop-cart-web-01",
  });
  expect(spec).toMatchObject({ template: { metadata: { labels: metadata.labels } } });
});

test.for([
  [{ type: "containerdisk", imageUrl: "quay.io/a:1" }, { registry: { url: "docker://quay.io/a:1" } }],
  [
    { type: "containerdisk", imageUrl: "docker://quay.io/a:1" },
    { registry: { url: "docker://quay.io/a:1" } },
  ],
  [{ type: "cdi_image_import", imageUrl: "https://a/b.img" }, { http: { url: "https://a/b.img" } }],
  [
    { type: "cdi_pvc_clone", pvcNamespace: "golden", pvcName: "u" },
    { pvc: { namespace: "golden", name: "u" } },
  ],
] as const)("the root disk comes from %j", ([source, rendered]) => {
  expect(rootOf({ source })).toMatchObject({ source: rendered });
});

test("storage is asked for as chosen, and what nobody chose is left to the cluster", () => {
  const chosen = {
    storageClass: "fast",
    dvAccessModes: ["ReadWriteMany"],
    dvVolumeMode: "Block",
    diskGb: 50,
  };
  expect(rootOf(chosen)?.storage).toEqual({
    resources: { requests: { storage: "50Gi" } },
    storageClassName: "fast",
    accessModes: ["ReadWriteMany"],
    volumeMode: "Block",
  });
  expect(rootOf({})?.storage).toEqual({ resources: { requests: { storage: "20Gi" } } });
});

test("requests and limits are the blueprint's; half a gibibyte is written in mebibytes, half a core is a whole one", () => {
  expect(render({ cpuLimit: 0.5, cpuRequest: 0.5, memoryLimitGi: 1.5, memoryRequestGi: 0.5 })).toMatchObject({
    spec: {
      template: {
        spec: {
          domain: {
            cpu: { cores: 1, sockets: 1, threads: 1 },
            memory: { guest: "1536Mi" },
            resources: { requests: { cpu: "0.5", memory: "512Mi" }, limits: { cpu: "0.5" } },
          },
        },
      },
    },
  });
});

test("dedicated cores are asked for as placement, without shares", () => {
  const text = JSON.stringify(render({ dedicatedCpu: true }));
  expect(text).toContain('"dedicatedCpuPlacement":true');
  expect(text).not.toContain('"limits"');
});

test("hugepages and each graphics card are asked for by name", () => {
  const text = JSON.stringify(
    render({ hugepagesSize: "2Mi", gpuDevices: [{ name: "nvidia.com/T4", count: 2 }] }),
  );
  expect(text).toContain('"hugepages":{"pageSize":"2Mi"}');
  expect(text).toContain(
    '[{"name":"gpu1","deviceName":"nvidia.com/T4"},{"name":"gpu2","deviceName":"nvidia.com/T4"}]',
  );
});

test("cloud-init stays one string, whatever it contains", () => {
  const cloudInit = '#cloud-config\nruncmd: ["echo"]\nhostDisk: {path: /}\n"}]}';
  const { volumes } = render({ cloudInit }).spec.template.spec;
  expect(volumes).toEqual([
    { name: "root", dataVolume: { name: "shop-cart-web-01-root" } },
    { name: "cloudinit", cloudInitNoCloud: { userData: cloudInit } },
  ]);
});

test("nothing of the host is ever asked for", () => {
  const text = JSON.stringify(render({ cloudInit: "x", gpuDevices: [{ name: "a/b", count: 1 }] }));
  for (const field of [
    "hostDisk",
    "hostDevices",
    "hostNetwork",
    "secret",
    "serviceAccount",
    "sidecar",
    "hookSidecars",
  ]) {
    expect(text).not.toContain(`"${field}"`);
  }
});

test("each SR-IOV network is one interface beside the pod's own", () => {
  const { spec } = render({ sriovNetworks: ["default/fast", "lab/slow"] }).spec.template;
  expect(spec.networks).toEqual([
    { name: "default", pod: {} },
    { name: "sriov1", multus: { networkName: "default/fast" } },
    { name: "sriov2", multus: { networkName: "lab/slow" } },
  ]);
  expect(JSON.stringify(spec.domain)).toContain('{"name":"sriov2","sriov":{}}');
});

test("overrides lie over what is rendered, each at its own path, and leave the rest as it is", () => {
  const plain = render();
  const laid = render({
    overrides: {
      "spec.runStrategy": "Manual",
      "spec.template.spec.domain.cpu.model": "host-passthrough",
      "spec.template.spec.domain.clock.utc.offsetSeconds": 60,
      "spec.template.spec.domain.__proto__.polluted": true,
    },
  });
  expect(laid.spec.runStrategy).toBe("Manual");
  expect(laid).toMatchObject({
    metadata: plain.metadata,
    spec: {
      template: {
        spec: {
          domain: {
            cpu: { cores: 2, sockets: 1, threads: 1, model: "host-passthrough" },
            clock: { utc: { offsetSeconds: 60 } },
          },
        },
      },
    },
  });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(plain.spec.runStrategy).toBe("Always");
});

test("the root volume carries whose it is, so that its progress can be followed", () => {
  expect(render().spec.dataVolumeTemplates?.[0]?.metadata.labels).toEqual({
    "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
    "kubevirt-shepherd.io/hostname": "shop-cart-web-01",
  });
});
