type Json = Record<string, unknown>;

/** `07` → 7; null for what is no instance number. */
export function instanceIndex(text: string | null): number | null {
  if (text === null || !/^\d{2,6}$/.test(text)) return null;
  const index = Number(text);
  return index > 0 ? index : null;
}

export interface ChangedPart {
  part: "spec" | "labels" | "annotations" | "finalizers" | "owners" | "generation";
}

interface Comparable {
  spec: Json;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  finalizers: string[];
  owners: unknown[];
  generation: number | null;
}

/** What else than the given labels differs between two readings of one object; empty when nothing does. */
export function changedBeside(
  before: Comparable,
  after: Comparable,
  labels: Record<string, string>,
): ChangedPart["part"][] {
  const pairs: [ChangedPart["part"], unknown, unknown][] = [
    ["spec", before.spec, after.spec],
    ["labels", { ...before.labels, ...labels }, after.labels],
    ["annotations", before.annotations, after.annotations],
    ["finalizers", before.finalizers, after.finalizers],
    ["owners", before.owners, after.owners],
    ["generation", before.generation, after.generation],
  ];
  return pairs.filter(([, one, other]) => sortedJson(one) !== sortedJson(other)).map(([part]) => part);
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A machine that stands has volumes of its own, which KubeVirt takes from its own namespace alone: they are told to
 * whoever imports it and are no reason against it, unlike in a machine that somebody would have us make.
 */
export function isStandingVolume({ path, reason }: { path: string; reason: string }): boolean {
  const isPlain = /^spec\.template\.spec\.volumes\[\d+\]\.(?:persistentVolumeClaim|dataVolume)$/.test(path);
  return reason === "foreign_volume" && isPlain;
}

export function volumesOf(spec: unknown): unknown {
  return memberAt(spec, ["template", "spec", "volumes"]);
}

/** The claims that a machine's definition names, by name. */
export function claimsOf(volumes: unknown): string[] {
  if (!Array.isArray(volumes)) return [];
  const names = volumes.flatMap((volume) => [
    textAt(volume, ["persistentVolumeClaim", "claimName"]),
    textAt(volume, ["dataVolume", "name"]),
  ]);
  return [...new Set(names.filter((name) => name !== null))].slice(0, claimsMax);
}

const claimsMax = 50;

function textAt(value: unknown, keys: string[]): string | null {
  const found = memberAt(value, keys);
  return typeof found === "string" ? found.slice(0, 253) : null;
}

function memberAt(value: unknown, keys: string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
    value,
  );
}
