import type { Cluster } from "../cluster";
import { Failure } from "../failures";
import { isEqual } from "../json";
import type { Kind } from "../kinds";
import { instanceKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";
import { defaultVirtualMachine } from "./defaults";
import { reviewVirtualMachine } from "./virtual-machine-rules";

export interface Review {
  kind: Kind;
  operation: "CREATE" | "UPDATE";
  live: KubeObject | undefined;
  next: KubeObject;
  warnings: string[];
}

const mostCauses = 10;

/** KubeVirt's webhooks: what they change, then what they refuse. */
export function admit(cluster: Cluster, review: Review): KubeObject {
  if (review.kind === instanceKind) return admitInstance(review);
  if (review.kind !== virtualMachineKind) return review.next;
  requireVirtApi(cluster, "virtualmachines-mutator.kubevirt.io", "/virtualmachines-mutate");
  const next = review.operation === "CREATE" ? defaultVirtualMachine(cluster, review.next) : review.next;
  // The deletion of a machine must always come to its end, so what is being deleted is not reviewed.
  if (next.metadata.deletionTimestamp !== undefined) return next;
  const { causes, warnings } = reviewVirtualMachine(next, review.live);
  review.warnings.push(...warnings);
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
