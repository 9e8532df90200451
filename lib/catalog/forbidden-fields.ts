import {
  forbiddenAnnotations,
  forbiddenKeys,
  freeMaps,
  ownedPaths,
  plainResources,
  probes,
  unsafeKeys,
  type ForbiddenReason,
} from "./forbidden-keys";

export interface ForbiddenField {
  /** As it is written, an array's items by number: `spec.template.spec.volumes[1].hostDisk`. */
  path: string;
  reason: ForbiddenReason;
}

/** Deeper than any field of KubeVirt. */
const deepestManifest = 60;

/** Everything in a virtual machine that nobody may ask a cluster for; empty for what is fit to be sent. */
export function forbiddenFields(manifest: unknown): ForbiddenField[] {
  return walk(manifest, { namespace: namespaceOf(manifest), ownVolumes: ownVolumesOf(manifest) });
}

/** The same of what is laid over a machine by path, and what the portal keeps for itself. */
export function forbiddenOverrides(overrides: Readonly<Record<string, unknown>>): ForbiddenField[] {
  const found = Object.entries(overrides).flatMap(([path, value]) => judgeOverride(path, value));
  const seen = new Set<string>();
  return found.filter(({ path, reason }) => {
    const key = `${path} ${reason}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function judgeOverride(path: string, value: unknown): ForbiddenField[] {
  const keys = path.split(".");
  const folded = keys.map(fold);
  if (folded.some((key) => unsafeKeys.has(key))) return [{ path, reason: "unsafe_key" }];
  if (folded[0] !== "spec" || isOwned(folded.join("."))) return [{ path, reason: "platform_owned" }];
  // The members of the path are judged like those of the value.
  const nested = keys.reduceRight<unknown>((inside, key) => ({ [key]: inside }), value);
  return walk(nested, { namespace: null, ownVolumes: new Set() });
}

function isOwned(path: string): boolean {
  return ownedPaths.some(
    (owned) => path === owned || path.startsWith(`${owned}.`) || owned.startsWith(`${path}.`),
  );
}

interface Surroundings {
  namespace: string | null;
  /** Volumes that the machine brings along itself. */
  ownVolumes: ReadonlySet<string>;
}

interface Place {
  value: unknown;
  path: string;
  /** The folded keys above, without the numbers of items. */
  parents: string[];
  depth: number;
}

/** A stack of its own instead of calls, so that no depth can exhaust the program's. */
function walk(root: unknown, around: Surroundings): ForbiddenField[] {
  const found: ForbiddenField[] = [];
  const places: Place[] = [{ value: root, path: "", parents: [], depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (place.depth > deepestManifest) {
      found.push({ path: place.path, reason: "too_deep" });
      continue;
    }
    for (const below of placesBelow(place)) {
      const reason = judgePlace(below, around, place.value);
      if (reason !== null) found.push({ path: below.path, reason });
      else places.push(below);
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function placesBelow({ value, path, parents, depth }: Place): Place[] {
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => ({
      value: item,
      path: `${path}[${at}]`,
      parents,
      depth: depth + 1,
    }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([key, member]: [string, unknown]) => ({
    value: member,
    path: path === "" ? key : `${path}.${key}`,
    parents: [...parents, fold(key)],
    depth: depth + 1,
  }));
}

function judgePlace(place: Place, around: Surroundings, holder: unknown): ForbiddenReason | null {
  if (Array.isArray(holder)) return null;
  const key = place.parents.at(-1) ?? "";
  const parent = place.parents.at(-2) ?? "";
  if (unsafeKeys.has(key)) return "unsafe_key";
  if (parent === "annotations") return judgeAnnotation(key);
  if (freeMaps.has(parent)) return null;
  if (parent === "requests" || parent === "limits") return judgeResource(key, place.parents);
  return forbiddenKeys[key] ?? judgeByPlace(place, around, holder);
}

function judgeAnnotation(key: string): ForbiddenReason | null {
  return forbiddenAnnotations.find(([prefix]) => key.startsWith(prefix))?.[1] ?? null;
}

/** A device named as a resource would pass by the list of devices that matching counts. */
function judgeResource(key: string, parents: string[]): ForbiddenReason | null {
  if (!parents.includes("domain")) return null;
  return plainResources.has(key) || key.startsWith("hugepages-") ? null : "device_claim";
}

/** Keys that are fine in one place and not in another. */
function judgeByPlace(place: Place, around: Surroundings, holder: unknown): ForbiddenReason | null {
  const key = place.parents.at(-1) ?? "";
  const isSource = place.parents.includes("datavolumetemplates") && place.parents.includes("source");
  switch (key) {
    case "datavolume":
      return isOwnVolume(place.value, around, holder) ? null : "foreign_volume";
    case "pvc":
    case "snapshot":
      return isSource ? null : "foreign_volume";
    case "namespace":
      // Where a template's disk may be copied from is a policy of each cluster.
      return isSource || place.value === around.namespace ? null : "foreign_namespace";
    case "host":
      return place.parents.some((parent) => probes.has(parent)) ? "host_access" : null;
    default:
      return null;
  }
}

function isOwnVolume(value: unknown, around: Surroundings, holder: unknown): boolean {
  const isVolume = typeof holder === "object" && holder !== null && "name" in holder;
  const name: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "name") : undefined;
  return isVolume && typeof name === "string" && around.ownVolumes.has(name);
}

function ownVolumesOf(manifest: unknown): Set<string> {
  const templates = memberAt(manifest, ["spec", "dataVolumeTemplates"]);
  const names = Array.isArray(templates)
    ? templates.map((template) => memberAt(template, ["metadata", "name"]))
    : [];
  return new Set(names.filter((name) => typeof name === "string"));
}

function namespaceOf(manifest: unknown): string | null {
  const namespace = memberAt(manifest, ["metadata", "namespace"]);
  return typeof namespace === "string" ? namespace : null;
}

function memberAt(value: unknown, keys: string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
    value,
  );
}

/** As Go's parser folds names, without an item's number and the blanks that a reader does not see. */
function fold(key: string): string {
  return key
    .normalize("NFKC")
    .replace(/[\s\p{Cf}\p{Cc}]|\[[^\]]*\]|\{[^}]*\}/gu, "")
    .toLowerCase();
}
