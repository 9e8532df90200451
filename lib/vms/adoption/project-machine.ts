import type { FoundMachine } from "@/lib/adapters/kubevirt/adopt-machines";
import { readQuantity } from "@/lib/adapters/kubevirt/quantities";

type Json = Record<string, unknown>;

const gib = 2 ** 30;

/** What is kept of a found machine: bounded, without what its guest is told in secret. */
export interface MachineFacts extends MachineSize {
  hostname: string;
  storageClass: string | null;
  printableStatus: string | null;
  createdAt: string | null;
  managers: string[];
  owners: { kind: string; name: string }[];
  annotations: Record<string, string>;
  spec: Json;
}

/** @param expanded the spec with its instancetype filled in, where it has one */
export function projectMachine(machine: FoundMachine, expanded: Json | null): MachineFacts {
  return {
    ...sizeOf(expanded ?? machine.spec),
    hostname: hostnameOf(machine.spec, machine.name),
    storageClass: storageClassOf(machine.spec),
    printableStatus: machine.printableStatus,
    createdAt: machine.createdAt?.toISOString() ?? null,
    managers: machine.managers,
    owners: machine.owners,
    annotations: shownAnnotations(machine.annotations),
    spec: maskedSpec(machine.spec),
  };
}

/** As it is checked for what no machine of the portal carries. */
export function manifestOf({ name, namespace, labels, annotations, spec }: FoundMachine): Json {
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels, annotations },
    spec,
  };
}

/** What a machine takes, as its definition says; 0 where it does not. */
export interface MachineSize {
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
}

/** KubeVirt's own defaults: one core where nothing is said. */
function sizeOf(spec: Json): MachineSize {
  const domain = at(spec, "template", "spec", "domain");
  const resources = at(domain, "resources");
  const memory =
    at(domain, "memory")["guest"] ?? at(resources, "requests")["memory"] ?? at(resources, "limits")["memory"];
  return {
    cpuCores: roundTo(coresOf(domain), 10),
    memoryGi: roundTo(readQuantity(memory) / gib, 10),
    diskGb: Math.ceil(sum(listAt(spec, "dataVolumeTemplates").map(storageOf)) / gib),
  };
}

function coresOf(domain: Json): number {
  const { cores, sockets, threads } = at(domain, "cpu");
  if (cores !== undefined || sockets !== undefined || threads !== undefined) {
    return count(cores) * count(sockets) * count(threads);
  }
  const resources = at(domain, "resources");
  const asked = readQuantity(at(resources, "limits")["cpu"] ?? at(resources, "requests")["cpu"]);
  return asked === 0 ? 1 : asked;
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 1;
}

function storageOf(template: Json): number {
  const spec = at(template, "spec");
  const asked = (kind: string) => at(spec, kind, "resources", "requests")["storage"];
  return readQuantity(asked("storage") ?? asked("pvc"));
}

export function hasInstancetype(spec: Json): boolean {
  return typeof at(spec, "instancetype")["name"] === "string";
}

function hostnameOf(spec: Json, name: string): string {
  const hostname = at(spec, "template", "spec")["hostname"];
  return typeof hostname === "string" && hostname !== "" ? hostname.slice(0, 63) : name;
}

function storageClassOf(spec: Json): string | null {
  const first = at(listAt(spec, "dataVolumeTemplates")[0] ?? {}, "spec");
  const named = at(first, "storage")["storageClassName"] ?? at(first, "pvc")["storageClassName"];
  return typeof named === "string" ? named : null;
}

const secretMembers = new Set(["userData", "userDataBase64", "networkData", "networkDataBase64"]);
/** Holds a copy of the whole manifest, secrets and all. */
const copyAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
const annotationLengthMax = 1_000;
const textLengthMax = 4_000;
const membersMax = 200;
const depthMax = 24;

/** For showing and keeping: what a guest is told at its first start may hold passwords and is cut out; bounded. */
function maskedSpec(spec: Json): Json {
  return asRecord(masked(spec, 0));
}

function masked(value: unknown, depth: number): unknown {
  if (depth > depthMax) return "…";
  // PostgreSQL's JSON knows no NUL.
  if (typeof value === "string") return value.slice(0, textLengthMax).replaceAll("\0", "");
  if (Array.isArray(value)) return value.slice(0, membersMax).map((entry) => masked(entry, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).slice(0, membersMax);
  return Object.fromEntries(
    members.map(([key, member]) => [
      key,
      secretMembers.has(key) && typeof member === "string" ? hidden(member) : masked(member, depth + 1),
    ]),
  );
}

function hidden(text: string): string {
  return `••• (${text.length})`;
}

function shownAnnotations(annotations: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([key]) => key !== copyAnnotation)
      .map(([key, value]) => [key, value.slice(0, annotationLengthMax)]),
  );
}

function at(value: unknown, ...path: string[]): Json {
  let here = asRecord(value);
  for (const name of path) here = asRecord(here[name]);
  return here;
}

function listAt(value: Json, name: string): Json[] {
  const list = value[name];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function asRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function roundTo(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
