import type { ClusterClient } from "./client";
import { checkedName } from "./paths";
import { fieldManager } from "./virtual-machines";

const group = "rbac.authorization.k8s.io";
const name = "kubevirt-shepherd-images";

/**
 * Lets machines of every namespace clone the volumes of this one: KubeVirt asks for the right of the machine's own
 * namespace (its service account), not for that of whoever creates the machine.
 */
export async function shareVolumes(
  client: ClusterClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<void> {
  const metadata = { name, namespace: checkedName(namespace) };
  const head = { apiVersion: `${group}/v1`, metadata };
  await apply(
    client,
    "roles",
    {
      ...head,
      kind: "Role",
      rules: [{ apiGroups: ["cdi.kubevirt.io"], resources: ["datavolumes/source"], verbs: ["create"] }],
    },
    signal,
  );
  await apply(
    client,
    "rolebindings",
    {
      ...head,
      kind: "RoleBinding",
      roleRef: { apiGroup: group, kind: "Role", name },
      subjects: [{ apiGroup: group, kind: "Group", name: "system:serviceaccounts" }],
    },
    signal,
  );
}

interface Sharing {
  metadata: { name: string; namespace: string };
  [member: string]: unknown;
}

/** Server-side apply without force: the same twice is one object. */
async function apply(
  client: ClusterClient,
  resource: "roles" | "rolebindings",
  object: Sharing,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { namespace } = object.metadata;
  await client.exchange({
    method: "PATCH",
    path: `/apis/${group}/v1/namespaces/${namespace}/${resource}/${name}`,
    query: { fieldManager, fieldValidation: "Strict" },
    headers: { "content-type": "application/apply-patch+yaml" },
    body: JSON.stringify(object),
    signal,
  });
}
