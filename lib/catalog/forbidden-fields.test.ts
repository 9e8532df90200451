import { describe, expect, test } from "vitest";
import { buried, forbiddenShapes } from "@/e2e/factories/forbidden-shapes";
import { forbiddenFields, forbiddenOverrides } from "./forbidden-fields";

/** A machine as the portal renders it, with more in its instance's specification. */
const machine = (spec: object, more: object = {}, annotations: object = {}) => ({
  apiVersion: "kubevirt.io/v1",
  kind: "VirtualMachine",
  metadata: { name: "a", namespace: "shop", labels: { secret: "x", affinity: "y" } },
  spec: {
    runStrategy: "Always",
    dataVolumeTemplates: [
      {
        metadata: { name: "a-root" },
        spec: { source: { pvc: { namespace: "images", name: "debian" } }, storage: {} },
      },
    ],
    template: {
      metadata: { labels: { namespace: "z" }, annotations: { "kubevirt.io/x": "1", ...annotations } },
      spec: {
        hostname: "a",
        domain: {
          cpu: { cores: 2 },
          resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2" } },
          devices: {
            disks: [{ name: "root", disk: {} }],
            gpus: [{ name: "g", deviceName: "nvidia.com/T4" }],
          },
        },
        networks: [
          { name: "default", pod: {} },
          { name: "s", multus: { networkName: "net/fast" } },
        ],
        volumes: [
          { name: "root", dataVolume: { name: "a-root" } },
          { name: "cloudinit", cloudInitNoCloud: { userData: "#cloud-config\nsecret: x" } },
        ],
        ...spec,
      },
    },
    ...more,
  },
});

describe("overrides", () => {
  test("the corpus is large and its titles differ", () => {
    expect(forbiddenShapes.length).toBeGreaterThanOrEqual(60);
    expect(new Set(forbiddenShapes.map(({ title }) => title)).size).toBe(forbiddenShapes.length);
  });

  test.for(forbiddenShapes)("$title is found as $reason", ({ overrides, reason }) => {
    expect(forbiddenOverrides(overrides).map((one) => one.reason)).toContain(reason);
  });

  test("what a size is for passes", () => {
    const overrides = {
      "spec.template.spec.domain.cpu.model": "host-passthrough",
      "spec.template.spec.domain.cpu.dedicatedCpuPlacement": true,
      "spec.template.spec.domain.memory.hugepages": { pageSize: "1Gi" },
      "spec.template.spec.domain.devices.gpus": [{ name: "g", deviceName: "nvidia.com/T4" }],
      "spec.template.spec.domain.resources": { requests: { cpu: "1", "hugepages-2Mi": "1Gi" } },
      "spec.template.spec.domain.launchSecurity": { sev: {} },
      "spec.template.spec.domain.firmware.bootloader": { efi: { secureBoot: true } },
      "spec.template.spec.evictionStrategy": "LiveMigrate",
      "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"], searches: ["secret"] },
    };
    expect(forbiddenOverrides(overrides)).toEqual([]);
  });

  test("a finding says where it stands", () => {
    const overrides = { "spec.template.spec.networks": [{ name: "a" }, { name: "b", secret: {} }] };

    expect(forbiddenOverrides(overrides)).toEqual([
      { path: "spec.template.spec.networks[1].secret", reason: "secret_access" },
    ]);
  });

  test("nothing of the corpus reaches the prototype of objects", () => {
    for (const { overrides } of forbiddenShapes) forbiddenOverrides(overrides);

    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("machines", () => {
  test("what the portal renders passes", () => {
    expect(forbiddenFields(machine({}))).toEqual([]);
  });

  const root = { name: "root", dataVolume: { name: "a-root" } };
  const inVolumes = (volume: object) => machine({ volumes: [root, { name: "more", ...volume }] });
  const volume = (key: string, reason: string) =>
    [
      key,
      inVolumes({ [key]: { name: "b", claimName: "b" } }),
      "spec.template.spec.volumes[1].",
      reason,
    ] as const;

  test.for([
    volume("hostDisk", "host_access"),
    volume("containerPath", "host_access"),
    volume("downwardMetrics", "host_access"),
    volume("secret", "secret_access"),
    volume("configMap", "secret_access"),
    volume("serviceAccount", "secret_access"),
    volume("downwardAPI", "secret_access"),
    volume("sysprep", "secret_access"),
    volume("persistentVolumeClaim", "foreign_volume"),
    volume("PersistentVolumeClaim", "foreign_volume"),
    volume("dataVolume", "foreign_volume"),
    volume("DataVolume", "foreign_volume"),
    volume("ephemeral", "foreign_volume"),
    volume("memoryDump", "foreign_volume"),
    [
      "a hook's annotation",
      machine({}, {}, { "hooks.kubevirt.io/hookSidecars": "[]" }),
      "spec.template.metadata.annotations.",
      "hook",
    ],
    [
      "a hook's annotation in other letters",
      machine({}, {}, { "Hooks.KubeVirt.io/hookSidecars": "[]" }),
      "spec.template.metadata.annotations.",
      "hook",
    ],
    [
      "a network by annotation",
      machine({}, {}, { "k8s.v1.cni.cncf.io/networks": "kube-system/fast" }),
      "spec.template.metadata.annotations.",
      "foreign_namespace",
    ],
    [
      "a disk made in another namespace",
      machine(
        {},
        { dataVolumeTemplates: [{ metadata: { name: "a-root", namespace: "kube-system" }, spec: {} }] },
      ),
      "spec.dataVolumeTemplates[0].metadata.namespace",
      "foreign_namespace",
    ],
    [
      "a disk's source by a secret",
      machine(
        {},
        {
          dataVolumeTemplates: [
            { metadata: { name: "a-root" }, spec: { source: { s3: { secretRef: "x" } } } },
          ],
        },
      ),
      "spec.dataVolumeTemplates[0].spec.source.s3.secretRef",
      "secret_access",
    ],
    ["a node", machine({ nodeSelector: { a: "b" } }), "spec.template.spec.nodeSelector", "placement"],
    ["the node's devices", machine({ domain: { devices: { hostDevices: [] } } }), "spec.", "host_access"],
    ["something far below", machine({ dnsConfig: buried({ hostDisk: {} }, 10) }), "spec.", "host_access"],
    ["no end", machine({ dnsConfig: buried({}, 50_000) }), "spec.", "too_deep"],
  ] as const)("%s is found", ([, manifest, path, reason]) => {
    const found = forbiddenFields(manifest);

    expect(found).not.toEqual([]);
    expect(found.every((one) => one.path.startsWith(path) && one.reason === reason)).toBe(true);
  });

  test("somebody's volume is not one's own for being named like it in another place", () => {
    const manifest = { spec: { volumes: [root], template: { spec: { dataVolumeTemplates: [] } } } };

    expect(forbiddenFields(manifest).map(({ reason }) => reason)).toEqual(["foreign_volume"]);
  });

  test.for([null, undefined, 1, "text", [], {}])("%j is no machine and carries nothing", (manifest) => {
    expect(forbiddenFields(manifest)).toEqual([]);
  });
});
