import type { Call } from "../call";
import type { Cluster } from "../cluster";
import type { Cause } from "../failures";
import { Failure } from "../failures";
import { isEqual } from "../json";
import type { Kind } from "../kinds";
import {
  claimKind,
  dataVolumeKind,
  instanceKind,
  machineCloneKind,
  machineRestoreKind,
  machineSnapshotKind,
  roleKind,
  virtualMachineKind,
} from "../kinds";
import type { KubeObject } from "../objects";
import { requireHeld } from "../role-rules";
import { reviewClaim } from "./claim-rules";
import { refusalOfClone, reviewClones } from "./clone-rules";
import { reviewDataVolume } from "./data-volume-rules";
import { defaultVirtualMachine } from "./defaults";
import { reviewClone, reviewHeldMachine, reviewRestore, reviewSnapshot } from "./snapshot-rules";
import { reviewVirtualMachine } from "./virtual-machine-rules";

export interface Review {
  kind: Kind;
  operation: "CREATE" | "UPDATE";
  live: KubeObject | undefined;
  next: KubeObject;
  warnings: string[];
  call: Pick<Call, "user">;
}

const mostCauses = 10;

/** The webhooks of KubeVirt and CDI: what they change, then what they refuse. */
export function admit(cluster: Cluster, review: Review): KubeObject {
  if (review.kind === instanceKind) return admitInstance(review);
  if (review.kind === dataVolumeKind) return admitDataVolume(cluster, review);
  if (review.kind === claimKind && review.live) reviewClaim(cluster, review.live, review.next);
  if (review.kind === machineSnapshotKind) reviewSnapshot(review.live, review.next);
  if (review.kind === machineRestoreKind) reviewRestore(cluster, review.live, review.next);
  if (review.kind === machineCloneKind) reviewClone(cluster, review.live, review.next);
  if (review.kind.group === roleKind.group) requireHeld(cluster, review.call.user, review);
  if (review.kind !== virtualMachineKind) return review.next;
  requireVirtApi(cluster, "virtualmachines-mutator.kubevirt.io", "/virtualmachines-mutate");
  const next = review.operation === "CREATE" ? defaultVirtualMachine(cluster, review.next) : review.next;
  // The deletion of a machine must always come to its end, so what is being deleted is not reviewed.
  if (next.metadata.deletionTimestamp !== undefined) return next;
  if (review.live) reviewHeldMachine(review.live, next);
  const { causes: own, warnings } = reviewVirtualMachine(cluster, next, review.live);
  review.warnings.push(...warnings);
  const causes = own.length > 0 ? own : reviewClones(cluster, next);
  if (causes.length === 0) return next;
  const shown = causes
    .slice(0, mostCauses)
    .map((cause) => cause.message)
    .join(", ");
  const hidden = causes.length - mostCauses;
  const more = hidden > 0 ? `, and ${hidden} more validation errors` : "";
  throw new Failure({
    code: 422,
    reason: "Invalid",
    message: `admission webhook "virtualmachine-validator.kubevirt.io" denied the request: ${shown}${more}`,
    details: { causes },
  });
}

function admitDataVolume(cluster: Cluster, { next, live, call }: Review): KubeObject {
  if (next.metadata.deletionTimestamp !== undefined) return next;
  const refusal = refusalOfClone(call.user, next);
  if (refusal !== undefined) {
    const field = "spec.source.PVC.namespace";
    throw denied("datavolume-mutate", [{ reason: "FieldValueInvalid", message: refusal, field }]);
  }
  const causes = reviewDataVolume(cluster, next, live);
  if (causes.length > 0) throw denied("datavolume-validate", causes);
  return next;
}

// CDI's webhooks give a code and causes, and no reason.
function denied(webhook: string, causes: Cause[]): Failure {
  const message = causes.map((cause) => cause.message).join(", ");
  return new Failure({
    code: 422,
    message: `admission webhook "${webhook}.cdi.kubevirt.io" denied the request: ${message}`,
    details: { causes },
  });
}

/** Only KubeVirt itself changes an instance: others are refused its spec, and their status is dropped unsaid. */
function admitInstance({ live, next }: Review): KubeObject {
  if (!live) return next;
  if (!isEqual(live.spec, next.spec)) {
    const message = "update of VMI object is restricted";
    throw new Failure({
      code: 422,
      reason: "Invalid",
      message: `admission webhook "virtualmachineinstances-update-validator.kubevirt.io" denied the request: ${message}`,
      details: { causes: [{ reason: "FieldValueNotSupported", message }] },
    });
  }
  const { status: _, ...rest } = next;
  return live.status === undefined ? rest : { ...rest, status: live.status };
}

function requireVirtApi(cluster: Cluster, webhook: string, path: string): void {
  if (!cluster.faults.take("virtApiDown", "POST", path)) return;
  const cause =
    `failed calling webhook "${webhook}": failed to call webhook: Post ` +
    `"https://virt-api.kubevirt.svc:443${path}?timeout=10s": context deadline exceeded`;
  throw new Failure({
    code: 500,
    reason: "InternalError",
    message: `Internal error occurred: ${cause}`,
    details: { causes: [{ reason: "", message: cause }] },
  });
}
