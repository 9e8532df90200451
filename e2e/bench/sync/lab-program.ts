import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import type { KubeObject } from "@/e2e/lab/kubevirt/objects";
import { aBareManifest } from "../ground/bare-manifest";
import { answerParent } from "./answer-parent";
import { baselineLabel, benchNamespace, emission, plan, type Emitted, type Machine } from "./shapes";

/** Many clusters in one process, filled with running machines, and what happens in them. */
const labs: KubevirtLab[] = [];
let bytesOfClosed = 0;
const sockets = new Set<Socket>();
let sequence = 0;

subscribe("net.server.socket", (message) => {
  // The channel's documented message.
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once("close", () => {
    bytesOfClosed += socket.bytesWritten;
    sockets.delete(socket);
  });
});

answerParent({
  start: async (input) => {
    const { clusters, ours, baseline } = plan.parse(input);
    const described = [];
    for (let index = 0; index < clusters; index += 1)
      described.push(await startFilled(index, { ours, baseline }));
    return described;
  },
  emit: async (input) => emit(emission.parse(input)),
  flood: async () => flood(),
  stir: async (input) => stir(z.number().parse(input)),
  bytesSent: () => Promise.resolve(bytesSent()),
  lists: () =>
    Promise.resolve(
      labs.reduce((sum, lab) => {
        const requests = Object.entries(lab.control.requests());
        return sum + requests.reduce((of, [verb, count]) => of + (verb.startsWith("list ") ? count : 0), 0);
      }, 0),
    ),
});

function bytesSent(): number {
  return [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, bytesOfClosed);
}

async function startFilled(index: number, counts: { ours: number; baseline: number }) {
  const lab = await startKubevirtLab({
    name: `bench-${index}`,
    clockSpeed: 50,
    inventory: { nodes: [{ name: "node-a", cpu: 1_000_000, memoryGi: 4_000_000, pods: 1_000_000 }] },
  });
  labs.push(lab);
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: benchNamespace } });
  const model = await aRunningModel(lab);
  const ours = copies(lab, model, { prefix: `c${index}-ours`, count: counts.ours, isBaseline: false });
  const baseline = copies(lab, model, { prefix: `c${index}-base`, count: counts.baseline, isBaseline: true });
  return { kubeconfig: lab.kubeconfig, ours, baseline };
}

const ourLabel = "kubevirt-shepherd.io/managed-by";
const modelName = "model-of-all";

/** One machine that has gone the whole way to running, in the shape that KubeVirt gives it. */
async function aRunningModel(lab: KubevirtLab): Promise<KubeObject[]> {
  lab.control.put(JSON.parse(JSON.stringify(aBareManifest(benchNamespace, modelName))));
  const find = (kind: string) =>
    lab.control.objects(kind).filter(({ metadata }) => metadata.name.startsWith(modelName));
  const machine = () => find("virtualmachine")[0];
  while (machine()?.status?.["printableStatus"] !== "Running") await wait(50);
  await wait(500);
  const model = ["virtualmachine", "virtualmachineinstance", "datavolume"].flatMap(find);
  lab.control.remove("virtualmachine", benchNamespace, modelName);
  return model;
}

function copies(
  lab: KubevirtLab,
  [model, ...owned]: KubeObject[],
  { prefix, count, isBaseline }: { prefix: string; count: number; isBaseline: boolean },
): Machine[] {
  if (model === undefined) throw new Error("there is no model to copy");
  return Array.from({ length: count }, (_, index) => {
    const name = `${prefix}-${index}`;
    const { uid } = lab.control.put(copyOf(model, name, isBaseline)).metadata;
    for (const one of owned)
      lab.control.put(copyOf(withOwner(one, model.metadata.uid, uid), name, isBaseline));
    return { name, uid };
  });
}

/** What belongs to a machine that is not there would be collected. */
function withOwner(object: KubeObject, from: string, to: string): KubeObject {
  return JSON.parse(JSON.stringify(object).replaceAll(from, to));
}

function copyOf(object: KubeObject, name: string, isBaseline: boolean): KubeObject {
  const text = JSON.stringify(object).replaceAll(modelName, name);
  const copied: KubeObject = JSON.parse(isBaseline ? text.replaceAll(ourLabel, baselineLabel) : text);
  return { ...copied, metadata: { ...copied.metadata, resourceVersion: "" } };
}

/** Changes of addresses, evenly spread over time and clusters, no machine twice. */
async function emit({ set, count, perSecond }: z.output<typeof emission>): Promise<Emitted[]> {
  const emitted: Emitted[] = [];
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    const dueIn = started + (index * 1000) / perSecond - performance.now();
    if (dueIn > 1) await wait(dueIn);
    const cluster = index % labs.length;
    const within = Math.floor(index / labs.length);
    const name = `c${cluster}-${set === "ours" ? "ours" : "base"}-${within}`;
    emitted.push({ name, at: setAddress(cluster, name) });
  }
  return emitted;
}

/** @returns when, in milliseconds since 1970, finer than a millisecond */
function setAddress(cluster: number, name: string): number {
  sequence += 1;
  const address = `10.${(sequence >> 16) & 255}.${(sequence >> 8) & 255}.${sequence & 255}`;
  const at = performance.timeOrigin + performance.now();
  editInstance(cluster, name, (instance) => ({
    ...instance,
    status: {
      ...instance.status,
      interfaces: [{ name: "default", ipAddress: address, ipAddresses: [address] }],
    },
  }));
  return at;
}

function editInstance(cluster: number, name: string, change: (instance: KubeObject) => KubeObject): void {
  labs[cluster]?.control.edit("virtualmachineinstance", benchNamespace, name, change);
}

/** A hundred changes of one machine within a second. */
async function flood(): Promise<{ name: string; changes: number; ms: number }> {
  const name = "c0-ours-0";
  const started = performance.now();
  for (let index = 0; index < 100; index += 1) {
    setAddress(0, name);
    await wait(Math.max(0, started + (index + 1) * 9.9 - performance.now()));
  }
  return { name, changes: 100, ms: performance.now() - started };
}

/** Machines change in what the portal does not keep. */
async function stir(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    sequence += 1;
    const cluster = index % labs.length;
    editInstance(cluster, `c${cluster}-ours-${Math.floor(index / labs.length)}`, (instance) => ({
      ...instance,
      metadata: { ...instance.metadata, annotations: { "bench/touched": String(sequence) } },
    }));
    if (index % 20 === 0) await wait(100);
  }
}
