import type { Cluster } from "../cluster";
import { cloneSourceOf, sourceClaimOf } from "../controllers/clone-source";
import type { Cause } from "../failures";
import type { Json, JsonObject } from "../json";
import { isEqual, objectAt, textAt, valueAt } from "../json";
import { claimKind } from "../kinds";
import type { KubeObject } from "../objects";
import { parseQuantity } from "../quantities";

const sources = ["http", "s3", "gcs", "registry", "pvc", "upload", "blank", "imageio", "vddk", "snapshot"];
const accessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

function invalid(field: string, message: string): Cause {
  return { reason: "FieldValueInvalid", message, field };
}

/** CDI's validating webhook: the first complaint ends the review. */
export function reviewDataVolume(cluster: Cluster, next: KubeObject, live: KubeObject | undefined): Cause[] {
  if (live) {
    if (isEqual(live.spec, next.spec)) return [];
    return [
      { reason: "FieldValueDuplicate", message: "Cannot update DataVolume Spec", field: "DataVolume.Spec" },
    ];
  }
  const spec = next.spec ?? {};
  return firstOf([
    () => reviewTarget(spec, cloneSourceOf(next) !== undefined),
    () => reviewSource(spec),
    () => reviewAddress(spec),
    () => reviewCloneSize(cluster, next),
    () => reviewDestination(cluster, next),
  ]);
}

function firstOf(reviews: (() => Cause | undefined)[]): Cause[] {
  for (const review of reviews) {
    const cause = review();
    if (cause) return [cause];
  }
  return [];
}

function reviewTarget(spec: JsonObject, isClone: boolean): Cause | undefined {
  const isPlain = spec["pvc"] !== undefined;
  if (!isPlain && spec["storage"] === undefined) return invalid("spec.PVC", "Missing Data volume PVC");
  if (isPlain && spec["storage"] !== undefined) {
    const message = "Duplicate storage definition, both target storage and target pvc defined";
    return invalid("spec.PVC.Storage", message);
  }
  const name = isPlain ? "PVC" : "Storage";
  const target = objectAt(spec, isPlain ? "pvc" : "storage");
  const size = valueAt(target, "resources", "requests", "storage");
  const field = `spec.${name}.resources.requests.size`;
  if (size === undefined && (isPlain || !isClone)) return invalid(field, `${name} size is missing`);
  if (size !== undefined && (parseQuantity(size) ?? 0) <= 0)
    return invalid(field, `${name} size can't be equal or less than zero`);
  return reviewAccessModes(target, isPlain);
}

function reviewAccessModes(target: JsonObject, isPlain: boolean): Cause | undefined {
  const written = target["accessModes"];
  const modes: Json[] = Array.isArray(written) ? written : [];
  const field = "spec.PVC.accessModes";
  if (isPlain && modes.length === 0)
    return invalid(field, "Required value: at least 1 access mode is required");
  if (isPlain && modes.length > 1) return invalid(field, "PVC multiple accessModes");
  const odd = modes.find((mode) => !accessModes.includes(String(mode)));
  if (odd === undefined) return undefined;
  const supported = '"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"';
  return invalid(field, `Unsupported value: "${String(odd)}": supported values: ${supported}`);
}

function reviewSource(spec: JsonObject): Cause | undefined {
  const hasReference = spec["sourceRef"] !== undefined;
  if ((spec["source"] === undefined) !== hasReference)
    return invalid("spec.source", "Data volume should have either Source or SourceRef");
  if (hasReference) return undefined;
  const given = sources.filter((name) => valueAt(spec, "source", name) !== undefined);
  if (given.length === 0) return invalid("spec.source", "Missing Data volume source");
  return given.length > 1 ? invalid("spec.source", "Multiple Data volume sources") : undefined;
}

function reviewAddress(spec: JsonObject): Cause | undefined {
  const source = objectAt(spec, "source");
  if (source["http"] !== undefined) {
    const url = textAt(source, "http", "url") ?? "";
    const trouble = troubleOfUrl(url);
    return trouble === undefined ? undefined : invalid("spec.source.HTTP.url", `spec.source ${trouble}`);
  }
  const registry = textAt(source, "registry", "url");
  if (registry === undefined || /^(docker|oci-archive):\/\/./.test(registry)) return undefined;
  const message = `Illegal registry source URL scheme ${registry}`;
  return invalid("spec.source.Registry.URL", message);
}

function troubleOfUrl(url: string): string | undefined {
  if (url === "") return "source URL is empty";
  const parsed = URL.parse(url);
  if (!parsed) return `Invalid source URL: ${url}`;
  return ["http:", "https:"].includes(parsed.protocol) ? undefined : `Invalid source URL scheme: ${url}`;
}

function reviewCloneSize(cluster: Cluster, volume: KubeObject): Cause | undefined {
  const claim = sourceClaimOf(cluster, volume);
  const sizeIn = (holder: Json | undefined) =>
    parseQuantity(valueAt(holder, "resources", "requests", "storage"));
  const wanted = sizeIn(valueAt(volume.spec, "storage") ?? valueAt(volume.spec, "pvc"));
  const source = claim && sizeIn(claim.spec);
  if (wanted === undefined || source === undefined || wanted >= source) return undefined;
  return invalid("spec.source.PVC", "target resources requests storage size is smaller than the source");
}

function reviewDestination(cluster: Cluster, volume: KubeObject): Cause | undefined {
  const { namespace, name, annotations } = volume.metadata;
  const claim = cluster.store.get(claimKind, namespace, name);
  const isKnown = annotations?.["cdi.kubevirt.io/storage.prePopulated"] === name;
  if (!claim || isKnown) return undefined;
  const message = `Destination PVC ${namespace ?? ""}/${name} already exists`;
  return { reason: "FieldValueDuplicate", message, field: "DataVolume" };
}
