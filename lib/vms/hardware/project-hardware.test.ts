import { describe, expect, test } from "vitest";
import { describeDevices } from "@/lib/adapters/kubevirt/machine-devices";
import { virtualMachineSchema } from "@/lib/adapters/kubevirt/types";
import { claimsOf, projectHardware, type ReadClaim } from "./project-hardware";
import { hardware } from "./schema";

const object = {
  metadata: {
    name: "web-01",
    namespace: "shop",
    uid: "1",
    labels: { "kubevirt-shepherd.io/system": "shop", "team.example/secret": "x" },
    annotations: { "kubevirt-shepherd.io/fqdn": "web-01.shop.svc.cluster.local" },
  },
  spec: {
    template: {
      spec: {
        domain: {
          devices: {
            disks: [
              { name: "root", disk: { bus: "virtio" }, bootOrder: 1 },
              { name: "media", cdrom: { bus: "sata" } },
              { name: "extra", disk: { bus: "scsi" } },
            ],
            interfaces: [
              { name: "default", masquerade: {}, model: "virtio" },
              { name: "fast", sriov: {}, macAddress: "02:00:00:00:00:99" },
              { name: "plug", binding: { name: "passt" } },
            ],
          },
        },
        networks: [
          { name: "default", pod: {} },
          { name: "fast", multus: { networkName: "shop/sriov-a" } },
        ],
        volumes: [
          { name: "root", dataVolume: { name: "web-01-root" } },
          { name: "media", containerDisk: { image: "registry.example/tools:1" } },
          { name: "extra", persistentVolumeClaim: { claimName: "extra-claim", hotpluggable: true } },
          { name: "cloudinit", cloudInitNoCloud: { userData: "password: canary" } },
        ],
      },
    },
  },
};

const instance = {
  status: {
    interfaces: [
      {
        name: "default",
        ipAddress: "10.244.0.7",
        ipAddresses: ["10.244.0.7", "fd00::7"],
        mac: "02:aa:bb:cc:dd:ee",
        infoSource: "domain, guest-agent",
        interfaceName: "enp1s0",
        linkState: "up",
      },
      {
        interfaceName: "docker0",
        ipAddress: "172.17.0.1",
        mac: "02:42:00:00:00:01",
        infoSource: "guest-agent",
      },
    ],
    volumeStatus: [
      { name: "root", target: "vda" },
      { name: "extra", target: "sda", phase: "Pending", message: "PVC not found", hotplugVolume: {} },
      { name: "cloudinit", target: "vdb", size: 1_048_576 },
    ],
  },
};

const aClaim = (over: Partial<ReadClaim>): [string, ReadClaim] => {
  const claim = {
    ...{ name: "web-01-root", resourceVersion: "1", storageClass: "fast", accessModes: ["ReadWriteMany"] },
    ...{ volumeMode: "Block", requested: "20Gi", capacity: "10Gi", isExpandable: true },
    ...over,
  };
  return [claim.name, claim];
};

const whole = {
  machine: virtualMachineSchema.parse(object),
  snapshotStatuses: [
    { name: "root", enabled: true, reason: null },
    { name: "extra", enabled: false, reason: "No VolumeSnapshotClass" },
  ],
  object,
};
const claims = new Map([aClaim({}), aClaim({ name: "extra-claim", capacity: null, isExpandable: false })]);
const read = projectHardware({
  ...{ whole, claims, rootClaim: "web-01-root" },
  devices: describeDevices(instance),
});
const disk = (name: string) => read.disks.find((one) => one.name === name);

describe("disks", () => {
  test("each volume is one, with what it is, how it is attached and what is behind it", () => {
    expect(disk("root")).toEqual({
      name: "root",
      kind: "data_volume",
      device: "disk",
      bus: "virtio",
      bootOrder: 1,
      isReadOnly: false,
      isRoot: true,
      isHotplugged: false,
      image: null,
      claim: {
        name: "web-01-root",
        storageClass: "fast",
        requestedGb: 20,
        capacityGb: 10,
        accessModes: ["ReadWriteMany"],
        volumeMode: "Block",
        isExpandable: true,
      },
      target: "vda",
      sizeBytes: null,
      phase: null,
      message: null,
      snapshot: { isAble: true, reason: null },
    });
  });

  test("an image on a drive is read-only and has no claim", () => {
    expect(disk("media")).toMatchObject({
      kind: "container_disk",
      device: "cdrom",
      isReadOnly: true,
      image: "registry.example/tools:1",
      claim: null,
    });
  });

  test("one that is being plugged in says how far it is, in the cluster's words", () => {
    expect(disk("extra")).toMatchObject({
      isHotplugged: true,
      isRoot: false,
      phase: "Pending",
      message: "PVC not found",
      snapshot: { isAble: false, reason: "No VolumeSnapshotClass" },
    });
  });

  test("what the guest is told in secret is no part of it", () => {
    expect(disk("cloudinit")).toMatchObject({ kind: "cloud_init", device: "none", sizeBytes: 1_048_576 });
    expect(JSON.stringify(read)).not.toContain("canary");
  });

  test("the claims to read are those the volumes name, each once", () => {
    expect(claimsOf(whole)).toEqual(["web-01-root", "extra-claim"]);
  });
});

describe("interfaces", () => {
  test("one of the definition has what the running instance says of it", () => {
    expect(read.interfaces[0]).toEqual({
      name: "default",
      model: "virtio",
      binding: "masquerade",
      network: "pod",
      networkName: null,
      mac: "02:aa:bb:cc:dd:ee",
      isFixedMac: false,
      addresses: ["10.244.0.7", "fd00::7"],
      deviceName: "enp1s0",
      source: "domain, guest-agent",
      linkState: "up",
    });
  });

  test("one that does not run yet keeps what its definition says", () => {
    expect(read.interfaces[1]).toMatchObject({
      binding: "sriov",
      network: "multus",
      networkName: "shop/sriov-a",
      mac: "02:00:00:00:00:99",
      isFixedMac: true,
      addresses: [],
    });
    expect(read.interfaces[2]).toMatchObject({ binding: "passt", network: "unknown" });
  });

  test("those that only the guest knows come last", () => {
    expect(read.interfaces[3]).toMatchObject({
      name: null,
      deviceName: "docker0",
      addresses: ["172.17.0.1"],
    });
  });
});

test("only the portal's own labels and annotations are kept", () => {
  expect(read.labels).toEqual({ "kubevirt-shepherd.io/system": "shop" });
  expect(read.annotations).toEqual({ "kubevirt-shepherd.io/fqdn": "web-01.shop.svc.cluster.local" });
});

describe("a hostile cluster", () => {
  const shapes: [string, unknown][] = [
    ["no status", {}],
    ["a status that is none", { status: 7 }],
    ["interfaces that are none", { status: { interfaces: "x", volumeStatus: { a: 1 } } }],
    [
      "entries of the wrong shape",
      { status: { interfaces: [null, 3, { mac: {} }], volumeStatus: [{ name: 5 }] } },
    ],
    ["control characters", { status: { interfaces: [{ name: "a\u0000b", ipAddress: "1\n2" }] } }],
    [
      "far too many",
      { status: { interfaces: Array.from({ length: 5_000 }, () => ({ ipAddress: "10.0.0.1" })) } },
    ],
  ];
  test.for(shapes)("%s is read as far as it goes", ([, said]) => {
    const seen = projectHardware({ whole, claims, rootClaim: null, devices: describeDevices(said) });
    expect(hardware.parse(seen)).toEqual(seen);
    expect(seen.interfaces.length).toBeLessThanOrEqual(32);
    expect(JSON.stringify(seen)).not.toContain("\\u0000");
  });
});
