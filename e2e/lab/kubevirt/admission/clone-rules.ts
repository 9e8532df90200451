import { isAllowed } from "../access";
import type { User } from "../call";
import type { Cluster } from "../cluster";
import { cloneSourceOf } from "../controllers/clone-source";
import type { Cause } from "../failures";
import { objectsAt, objectAt, textAt } from "../json";
import { dataVolumeKind } from "../kinds";
import type { KubeObject } from "../objects";
import type { Wanted } from "../role-rules";
import { isGranted } from "../role-rules";

/** Either is enough to copy what is in a claim of that namespace. */
function rightsToClone(namespace: string): Wanted[] {
  return [
    { verb: "create", group: "cdi.kubevirt.io", resource: "datavolumes", subresource: "source", namespace },
    { verb: "create", group: "", resource: "pods", subresource: undefined, namespace },
  ];
}

function insufficient(name: string, namespace: string): string {
  return `User ${name} has insufficient permissions in clone source namespace ${namespace}`;
}

/** CDI asks for whoever creates the data volume. */
export function refusalOfClone(user: User, volume: KubeObject): string | undefined {
  const source = cloneSourceOf(volume);
  if (!source || source.namespace === volume.metadata.namespace) return undefined;
  const mayClone = rightsToClone(source.namespace).some((right) =>
    isAllowed(user, { ...right, name: undefined }),
  );
  return mayClone ? undefined : insufficient(user.name, source.namespace);
}

/** KubeVirt creates a machine's data volumes itself, so it asks for the machine's service account. */
export function reviewClones(cluster: Cluster, vm: KubeObject): Cause[] {
  const namespace = vm.metadata.namespace ?? "default";
  const accounts = objectsAt(vm.spec, "template", "spec", "volumes").map((volume) =>
    textAt(volume, "serviceAccount", "serviceAccountName"),
  );
  const account = { namespace, name: accounts.find((name) => name !== undefined) ?? "default" };
  return objectsAt(vm.spec, "dataVolumeTemplates").flatMap((template, index) => {
    const name = textAt(template, "metadata", "name") ?? "";
    if (cluster.store.get(dataVolumeKind, namespace, name)) return [];
    const spec = objectAt(template, "spec");
    const source = cloneSourceOf({ spec, metadata: { ...vm.metadata, namespace } });
    if (!source || source.namespace === namespace) return [];
    if (rightsToClone(source.namespace).some((right) => isGranted(cluster, account, right))) return [];
    const words = insufficient(`system:serviceaccount:${namespace}:${account.name}`, source.namespace);
    return [
      {
        reason: "FieldValueInvalid",
        message: `Authorization failed, message is: ${words}`,
        field: `spec.dataVolumeTemplates[${index}]`,
      },
    ];
  });
}
