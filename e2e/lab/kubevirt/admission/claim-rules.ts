import type { Cluster } from "../cluster";
import { storageClassOf } from "../controllers/claims";
import { Failure, invalid } from "../failures";
import { textAt, valueAt } from "../json";
import type { KubeObject } from "../objects";
import { asJson } from "../objects";
import { quantityOr } from "../quantities";

/** Kubernetes' own: a claim grows where its class says so, and never shrinks. */
export function reviewClaim(cluster: Cluster, live: KubeObject, next: KubeObject): void {
  const before = quantityOr(valueAt(live.spec, "resources", "requests", "storage"), 0);
  const after = quantityOr(valueAt(next.spec, "resources", "requests", "storage"), 0);
  if (after === before) return;
  const { name } = next.metadata;
  if (after < before) {
    const field = "spec.resources.requests.storage";
    const message = "Forbidden: field can not be less than status.capacity";
    throw invalid({ kind: "PersistentVolumeClaim", group: "", resource: "persistentvolumeclaims", name }, [
      { reason: "FieldValueForbidden", message, field },
    ]);
  }
  const className = textAt(next.spec, "storageClassName");
  const storageClass = storageClassOf(cluster, className);
  if (storageClass && valueAt(asJson(storageClass), "allowVolumeExpansion") === true) return;
  const message = `persistentvolumeclaims "${name}" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize`;
  throw new Failure({
    code: 403,
    reason: "Forbidden",
    message,
    details: { name, kind: "persistentvolumeclaims" },
  });
}
