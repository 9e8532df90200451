import type { ManifestDifference } from "../schema";

type JsonRecord = Record<string, unknown>;

const differencesMax = 100;
const shownLengthMax = 300;
const cpu = "spec.template.spec.domain.cpu";
/** Whether the machine runs is said elsewhere, and is nobody's mistake. */
const unruly = new Set(["apiVersion", "kind", "spec.runStrategy"]);

/**
 * What the portal would write today and the cluster has otherwise. What the cluster has besides is its own business: its
 * defaults, its controllers' marks and other people's labels.
 */
export function compareManifests(wanted: JsonRecord, live: JsonRecord): ManifestDifference[] {
  const rows: ManifestDifference[] = [];
  compare(wanted, live, "", rows);
  return withoutTopology(rows, { wanted, live }).slice(0, differencesMax);
}

function compare(wanted: unknown, live: unknown, path: string, rows: ManifestDifference[]): void {
  if (unruly.has(path)) return;
  if (isRecord(wanted)) {
    for (const [key, member] of Object.entries(wanted))
      compare(member, isRecord(live) ? live[key] : undefined, path === "" ? key : `${path}.${key}`, rows);
    return;
  }
  if (Array.isArray(wanted) && wanted.some(isNamed)) {
    wanted.forEach((one: unknown, index) =>
      compareNamed(one, live, `${path}[${nameOf(one) ?? index}]`, rows),
    );
    return;
  }
  if (!isSameValue(wanted, live)) rows.push({ path, wanted: shown(wanted), live: shown(live) });
}

/** Lists of disks, volumes and interfaces go by name: a cluster may hold them in another order. */
function compareNamed(one: unknown, live: unknown, path: string, rows: ManifestDifference[]): void {
  const name = nameOf(one);
  const all: unknown[] = Array.isArray(live) ? live : [];
  const found = all.find((other) => nameOf(other) === name);
  compare(one, found, path, rows);
}

function nameOf(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const name = value["name"] ?? (isRecord(value["metadata"]) ? value["metadata"]["name"] : undefined);
  return typeof name === "string" ? name : null;
}

function isNamed(value: unknown): boolean {
  return nameOf(value) !== null;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSameValue(wanted: unknown, live: unknown): boolean {
  if (JSON.stringify(wanted) === JSON.stringify(live ?? null)) return true;
  // An empty object says no more than none; a number may come back as text.
  if (Array.isArray(wanted) && wanted.length === 0 && live === undefined) return true;
  return typeof wanted !== "object" && typeof live !== "object" && String(wanted) === String(live);
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax - 1)}…` : text;
}

/** Processors plugged in as the machine ran stand as sockets: as many is the same. */
function withoutTopology(
  rows: ManifestDifference[],
  sides: { wanted: JsonRecord; live: JsonRecord },
): ManifestDifference[] {
  if (coresOf(sides.wanted) !== coresOf(sides.live)) return rows;
  return rows.filter(({ path }) => !/\.cpu\.(cores|sockets|threads)$/.test(path));
}

function coresOf(manifest: JsonRecord): number {
  let here: unknown = manifest;
  for (const key of cpu.split(".")) here = isRecord(here) ? here[key] : undefined;
  const counts = isRecord(here) ? [here["cores"], here["sockets"], here["threads"]] : [];
  return counts.reduce<number>((product, count) => product * (typeof count === "number" ? count : 1), 1);
}
