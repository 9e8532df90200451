import { lacks } from "../hardware/rules";
import type {
  ClusterFacts,
  Exclusion,
  PlacementNeed,
  PlacementWarning,
  RootVolume,
  StorageClassFacts,
} from "../placement";

export interface RootVolumeVerdict {
  storageClass: string | null;
  storageClasses: string[];
  rootVolume: RootVolume;
  exclusions: Exclusion[];
  warnings: PlacementWarning[];
}

/** Which class the root volume gets and how it is used; what is resolved here is frozen at approval (spec §5.11). */
export function resolveRootVolume(need: PlacementNeed, cluster: ClusterFacts): RootVolumeVerdict {
  const allowed = allowedClasses(cluster);
  const names = allowed.map(({ name }) => name);
  const asked = { accessModes: need.dvAccessModes, volumeMode: need.dvVolumeMode };
  const undecided: RootVolumeVerdict = {
    storageClass: null,
    storageClasses: names,
    rootVolume: { resolution: "storage_class_required", ...asked },
    exclusions: [],
    warnings: [],
  };
  const problem = classProblem(need, cluster, names);
  if (problem !== null) return { ...undecided, exclusions: [problem] };
  const name = need.storageClass ?? defaultClass(cluster, names);
  const chosen = allowed.find((one) => one.name === name);
  if (chosen === undefined) {
    const warning = { code: "STORAGE_CLASS_REQUIRED", params: { cluster: cluster.name } } as const;
    return { ...undecided, warnings: [warning] };
  }
  const rootVolume = resolveModes(need, chosen);
  return {
    ...undecided,
    storageClass: chosen.name,
    rootVolume,
    exclusions: modeProblems(rootVolume, chosen),
    warnings: cloneWarnings(need, cluster),
  };
}

/** What the size fixes stands; what it leaves open is the best that CDI's profile of the class has for it. */
function resolveModes(
  { dvAccessModes, dvVolumeMode }: PlacementNeed,
  storage: StorageClassFacts,
): RootVolume {
  const asked = { accessModes: dvAccessModes, volumeMode: dvVolumeMode };
  if (storage.propertySets.length === 0) {
    if (dvAccessModes.length === 0) return { resolution: "profile_incomplete", ...asked };
    return { resolution: dvVolumeMode === null ? "mode_required" : "resolved", ...asked };
  }
  const fitting = storage.propertySets.find(
    ({ accessModes, volumeMode }) =>
      (dvVolumeMode === null || (volumeMode ?? "Filesystem") === dvVolumeMode) &&
      dvAccessModes.every((mode) => accessModes.includes(mode)),
  );
  if (fitting === undefined) return { resolution: "unsupported", ...asked };
  return {
    resolution: "resolved",
    accessModes: dvAccessModes.length > 0 ? dvAccessModes : fitting.accessModes.slice(0, 1),
    volumeMode: dvVolumeMode ?? fitting.volumeMode ?? null,
  };
}

function modeProblems(root: RootVolume, { name: storageClass }: StorageClassFacts): Exclusion[] {
  if (root.resolution === "resolved" || root.resolution === "storage_class_required") return [];
  const modes = [...root.accessModes, ...(root.volumeMode === null ? [] : [root.volumeMode])].join(", ");
  return [lacks(`root_volume_${root.resolution}`, { storageClass, modes })];
}

function allowedClasses(cluster: ClusterFacts): StorageClassFacts[] {
  const allowed = cluster.policy?.allowedStorageClasses ?? [];
  if (allowed.length === 0) return cluster.storageClasses;
  return cluster.storageClasses.filter(({ name }) => allowed.includes(name));
}

function classProblem(need: PlacementNeed, cluster: ClusterFacts, allowed: string[]): Exclusion | null {
  const asked = need.storageClass;
  if (asked !== undefined && !cluster.storageClasses.some(({ name }) => name === asked))
    return lacks("storage_class", { storageClass: asked });
  if (asked !== undefined && !allowed.includes(asked))
    return { code: "PolicyDenied", params: { reason: "storage_class", storageClass: asked } };
  if (cluster.storageClasses.length === 0) return lacks("no_storage_class");
  return allowed.length === 0 ? { code: "PolicyDenied", params: { reason: "no_storage_class" } } : null;
}

function defaultClass(cluster: ClusterFacts, allowed: string[]): string | null {
  const name = cluster.defaultStorageClass;
  return name !== null && allowed.includes(name) ? name : null;
}

/** Without volume snapshots CDI copies byte by byte through a pod. */
function cloneWarnings(need: PlacementNeed, cluster: ClusterFacts): PlacementWarning[] {
  const copiesByHand = need.sourceType === "cdi_pvc_clone" && cluster.capabilities?.snapshots !== true;
  return copiesByHand ? [{ code: "HostAssistedCloneLikely", params: { cluster: cluster.name } }] : [];
}
