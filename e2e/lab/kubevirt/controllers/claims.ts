import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { JsonObject } from "../json";
import { objectAt, textAt, valueAt } from "../json";
import { claimKind, findKind } from "../kinds";
import type { KubeObject, ObjectDraft } from "../objects";
import { ownerReferenceTo } from "../objects";
import { quantityOr } from "../quantities";
import { phaseOf } from "./machine-facts";

export const importer = "cdi-controller";
/** CDI's annotation on a claim that waits for an image. */
export const uploadTarget = "cdi.kubevirt.io/storage.upload.target";
const bindingMs = 300;

// A claim made by hand is bound by its storage class; one of a data volume is bound with its import.
export function bindLoneClaim(cluster: Cluster, claim: KubeObject): void {
  if ((claim.metadata.ownerReferences ?? []).some((owner) => owner.kind === "DataVolume")) return;
  cluster.clock.after(bindingMs, () => {
    const current = cluster.store.get(claimKind, claim.metadata.namespace, claim.metadata.name);
    if (current && storageClassOf(cluster, textAt(current.spec, "storageClassName")))
      bindClaim(cluster, current);
  });
}

/** A bound claim that asks for more has it a little later, as an expanding driver gives it. */
export function growClaim(cluster: Cluster, claim: KubeObject): void {
  if (phaseOf(claim) !== "Bound" || !isTooSmall(claim)) return;
  cluster.clock.after(bindingMs, () => {
    const current = cluster.store.get(claimKind, claim.metadata.namespace, claim.metadata.name);
    if (!current || current.metadata.uid !== claim.metadata.uid || !isTooSmall(current)) return;
    const capacity = objectAt(current.spec, "resources", "requests");
    writeStatusAs(cluster, "csi-resizer", current, { ...current.status, capacity });
  });
}

function isTooSmall({ spec, status }: KubeObject): boolean {
  const wanted = quantityOr(valueAt(spec, "resources", "requests", "storage"), 0);
  return quantityOr(valueAt(status, "capacity", "storage"), wanted) < wanted;
}

/** The claim that a data volume asks for, with what the storage class suits best where it says nothing. */
export function claimFor(cluster: Cluster, volume: KubeObject, source?: KubeObject): ObjectDraft {
  const storage = objectAt(volume.spec, valueAt(volume.spec, "storage") === undefined ? "pvc" : "storage");
  const className = textAt(storage, "storageClassName") ?? defaultStorageClass(cluster);
  const profile = className === undefined ? {} : profileOf(cluster, className);
  const spec: JsonObject = {
    accessModes: storage["accessModes"] ?? profile["accessModes"] ?? ["ReadWriteOnce"],
    volumeMode: storage["volumeMode"] ?? profile["volumeMode"] ?? "Filesystem",
    // A clone that names no size becomes as large as its source.
    resources: storage["resources"] ?? source?.spec?.["resources"] ?? { requests: { storage: "10Gi" } },
    ...(className !== undefined && { storageClassName: className }),
  };
  const { name, namespace = "default", labels } = volume.metadata;
  const isUpload = objectAt(volume.spec, "source")["upload"] !== undefined;
  const metadata = {
    name,
    namespace,
    ownerReferences: [ownerReferenceTo(volume)],
    ...(labels && { labels }),
    ...(isUpload && { annotations: { [uploadTarget]: "" } }),
  };
  return { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec };
}

export function claimOf(cluster: Cluster, volume: KubeObject): KubeObject | undefined {
  return cluster.store.get(claimKind, volume.metadata.namespace, volume.metadata.name);
}

export function bindClaim(cluster: Cluster, claim: KubeObject): KubeObject {
  if (phaseOf(claim) === "Bound") return claim;
  const capacity = objectAt(claim.spec, "resources", "requests");
  const accessModes = claim.spec?.["accessModes"] ?? [];
  const spec = { ...claim.spec, volumeName: `pvc-${claim.metadata.uid}` };
  return writeStatusAs(
    cluster,
    "kube-controller-manager",
    { ...claim, spec },
    { phase: "Bound", accessModes, capacity },
  );
}

const storageClassKind = findKind("storage.k8s.io", "v1", "storageclasses");
const profileKind = findKind("cdi.kubevirt.io", "v1beta1", "storageprofiles");

export function storageClassOf(cluster: Cluster, name: string | undefined): KubeObject | undefined {
  return storageClassKind && name !== undefined
    ? cluster.store.get(storageClassKind, undefined, name)
    : undefined;
}

function defaultStorageClass(cluster: Cluster): string | undefined {
  const all = storageClassKind ? cluster.store.list(storageClassKind) : [];
  const isDefault = (one: KubeObject) =>
    one.metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
  return all.find(isDefault)?.metadata.name;
}

/** The access modes and volume mode that suit a storage class best. */
function profileOf(cluster: Cluster, className: string): JsonObject {
  const profile = profileKind && cluster.store.get(profileKind, undefined, className);
  const sets = profile?.status?.["claimPropertySets"];
  const [first] = Array.isArray(sets) ? sets : [];
  return objectAt(first);
}
