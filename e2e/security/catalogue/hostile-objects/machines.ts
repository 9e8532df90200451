import { forbiddenShapes } from "@/e2e/factories/forbidden-shapes";
import { newId } from "@/lib/core/ids";

export interface HostileMachine {
  title: string;
  name: string;
  /** Where the refusal must point, or above what it points at. */
  path: string;
  manifest: object;
}

type Json = Record<string, unknown>;

interface Flaw {
  title: string;
  path: string;
  lay: (spec: Json, metadata: Json) => void;
}

const pod = "spec.template.spec";

/** A machine of somebody with kubectl that nothing is wrong with. */
function aSpec(): Json {
  return {
    runStrategy: "Always",
    template: {
      spec: {
        domain: { cpu: { cores: 1 }, memory: { guest: "1Gi" }, devices: { disks: [], interfaces: [] } },
        volumes: [{ name: "root", containerDisk: { image: "quay.io/containerdisks/debian:13" } }],
      },
    },
  };
}

/**
 * What a whole machine may say is not what may be laid over one: volumes, names and states are its own. A prototype's
 * name never gets as far as being judged: whoever reads a cluster's answer leaves it out.
 */
const laid: Flaw[] = forbiddenShapes
  .filter(({ reason }) => !["platform_owned", "too_deep", "unsafe_key"].includes(reason))
  .flatMap(({ title, overrides }) =>
    Object.entries(overrides)
      .filter(([path]) => !path.includes("["))
      .map(([path, value]) => ({
        title,
        path: path.split(".").slice(0, 3).join("."),
        lay: (spec: Json) => layAt(spec, path.split(".").slice(1), value),
      })),
  );

const volume = (title: string, source: Json): Flaw => ({
  title: `a volume: ${title}`,
  path: `${pod}.volumes`,
  lay: (spec) => layAt(spec, ["template", "spec", "volumes"], [{ name: "a", ...source }]),
});
const annotation = (key: string): Flaw => ({
  title: `the annotation ${key}`,
  path: "",
  lay: (spec) =>
    layAt(spec, ["template", "metadata"], { annotations: { [key]: '[{"image":"evil.example/hook"}]' } }),
});

const ofMachines: Flaw[] = [
  volume("a disk of the node", { hostDisk: { path: "/etc/shadow", type: "Disk" } }),
  volume("a disk of the node in other letters", { HOSTDISK: { path: "/etc/shadow" } }),
  volume("a secret", { secret: { secretName: "keys" } }),
  volume("a config map", { configMap: { name: "settings" } }),
  volume("an account's token", { serviceAccount: { serviceAccountName: "default" } }),
  volume("the pod's own words", { downwardAPI: { fields: [] } }),
  volume("the node's figures", { downwardMetrics: {} }),
  volume("a Windows answer file", { sysprep: { configMap: { name: "a" } } }),
  volume("cloud-init of a secret", { cloudInitNoCloud: { secretRef: { name: "a" } } }),
  volume("network data of a secret", { cloudInitConfigDrive: { networkDataSecretRef: { name: "a" } } }),
  volume("somebody's claim in other letters", { PersistentVolumeClaim: { claimName: "payroll" } }),
  volume("somebody's data volume in other letters", { DATAVOLUME: { name: "payroll" } }),
  volume("a layer over somebody's claim", {
    ephemeral: { persistentVolumeClaim: { claimName: "payroll" } },
  }),
  volume("a dump", { memoryDump: { claimName: "payroll" } }),
  volume("a registry's password", { containerDisk: { image: "a", imagePullSecret: "b" } }),
  annotation("hooks.kubevirt.io/hookSidecars"),
  annotation("Hooks.kubevirt.io/hookSidecars"),
];

export function hostileMachines(): HostileMachine[] {
  return [...laid, ...ofMachines].map(({ title, path, lay }, at) => {
    const name = `hostile-${at}`;
    const metadata: Json = { name, namespace: "here", uid: newId(), resourceVersion: "7", generation: 1 };
    const spec = aSpec();
    lay(spec, metadata);
    return {
      ...{ title, name, path },
      manifest: { apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", metadata, spec },
    };
  });
}

/** As JSON would bring it: a prototype's name is a member like any other. */
function layAt(root: Json, keys: string[], value: unknown): void {
  const [first = "", ...rest] = keys;
  if (rest.length === 0) return define(root, first, value);
  const below: unknown = Object.hasOwn(root, first) ? Reflect.get(root, first) : undefined;
  const inside: Json = typeof below === "object" && below !== null ? Object(below) : {};
  define(root, first, inside);
  layAt(inside, rest, value);
}

function define(root: Json, key: string, value: unknown): void {
  Object.defineProperty(root, key, { value, enumerable: true, configurable: true, writable: true });
}
