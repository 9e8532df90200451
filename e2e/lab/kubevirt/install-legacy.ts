import type { Cluster } from "./cluster";
import { createAs } from "./commit";
import { bindClaim } from "./controllers/claims";
import type { JsonObject } from "./json";

const namespace = "legacy";
const maker = "kubectl-create";

interface LegacyMachine {
  name: string;
  runStrategy: "Always" | "Halted";
  cores: number;
  memory: string;
  rootGi: number;
  labels: Record<string, string>;
  /** Further volumes, each with the disk that shows it to the guest. */
  extra?: { disk: JsonObject; volume: JsonObject };
}

const machines: LegacyMachine[] = [
  {
    name: "billing-db",
    runStrategy: "Always",
    cores: 4,
    memory: "8Gi",
    rootGi: 80,
    labels: { app: "billing", tier: "database" },
  },
  {
    name: "old-wiki",
    runStrategy: "Halted",
    cores: 2,
    memory: "4Gi",
    rootGi: 40,
    labels: { app: "wiki" },
  },
  {
    name: "document-scanner",
    runStrategy: "Halted",
    cores: 1,
    memory: "2Gi",
    rootGi: 20,
    labels: { app: "scanner" },
    extra: {
      disk: { name: "spool", disk: { bus: "virtio" } },
      volume: { name: "spool", hostDisk: { path: "/srv/scans/disk.img", type: "Disk" } },
    },
  },
];

/** Machines that were here before any portal, made by somebody with kubectl. */
export function installLegacyMachines(cluster: Cluster): void {
  for (const machine of machines) {
    installRootClaim(cluster, machine);
    const { name, runStrategy, labels } = machine;
    createAs(cluster, maker, {
      apiVersion: "kubevirt.io/v1",
      kind: "VirtualMachine",
      metadata: { name, namespace, labels },
      spec: { runStrategy, template: { metadata: { labels }, spec: templateOf(machine) } },
    });
  }
}

function installRootClaim(cluster: Cluster, { name, rootGi }: LegacyMachine): void {
  const claim = createAs(cluster, maker, {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: `${name}-root`, namespace },
    spec: {
      accessModes: ["ReadWriteMany"],
      volumeMode: "Block",
      storageClassName: "fast",
      resources: { requests: { storage: `${rootGi}Gi` } },
    },
  });
  bindClaim(cluster, claim);
}

function templateOf({ name, cores, memory, extra }: LegacyMachine): JsonObject {
  const root = { name: "root", persistentVolumeClaim: { claimName: `${name}-root` } };
  return {
    architecture: "amd64",
    hostname: name,
    domain: {
      cpu: { cores },
      memory: { guest: memory },
      machine: { type: "q35" },
      devices: {
        disks: [{ name: "root", disk: { bus: "virtio" } }, ...(extra ? [extra.disk] : [])],
        interfaces: [{ name: "default", masquerade: {}, model: "virtio" }],
      },
    },
    networks: [{ name: "default", pod: {} }],
    volumes: [root, ...(extra ? [extra.volume] : [])],
  };
}
