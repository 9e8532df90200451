import { z } from "zod";
import { callCluster, type ClusterClient } from "./client";
import { checkedName } from "./paths";
import { readAnswer } from "./types";

export interface RequiredRule {
  apiGroup: string;
  /** With its subresource, as RBAC writes it: virtualmachines/start. */
  resources: string[];
  verbs: string[];
  /** Asked of each namespace, or of the whole cluster. */
  scope: "namespace" | "cluster";
  purpose: string;
}

/** Everything Shepherd does in a cluster; the manifest for administrators and the check of a pasted account read this. */
export const requiredRules: RequiredRule[] = [
  {
    apiGroup: "",
    resources: ["namespaces"],
    verbs: ["get", "create"],
    scope: "cluster",
    purpose: "namespaces on demand",
  },
  { apiGroup: "", resources: ["nodes"], verbs: ["list"], scope: "cluster", purpose: "capacity and devices" },
  {
    apiGroup: "storage.k8s.io",
    resources: ["storageclasses"],
    verbs: ["list"],
    scope: "cluster",
    purpose: "choice of storage",
  },
  {
    apiGroup: "kubevirt.io",
    resources: ["kubevirts"],
    verbs: ["list"],
    scope: "cluster",
    purpose: "version and features",
  },
  {
    apiGroup: "kubevirt.io",
    resources: ["virtualmachines"],
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    scope: "namespace",
    purpose: "virtual machines",
  },
  {
    apiGroup: "kubevirt.io",
    resources: ["virtualmachineinstances"],
    verbs: ["get", "list", "watch"],
    scope: "namespace",
    purpose: "state, address and node",
  },
  {
    apiGroup: "subresources.kubevirt.io",
    resources: ["virtualmachines/start", "virtualmachines/stop", "virtualmachines/restart"],
    verbs: ["update"],
    scope: "namespace",
    purpose: "power",
  },
  {
    apiGroup: "subresources.kubevirt.io",
    resources: ["virtualmachineinstances/vnc", "virtualmachineinstances/console"],
    verbs: ["get"],
    scope: "namespace",
    purpose: "console",
  },
  {
    apiGroup: "cdi.kubevirt.io",
    resources: ["storageprofiles"],
    verbs: ["list"],
    scope: "cluster",
    purpose: "access and volume modes",
  },
  {
    apiGroup: "k8s.cni.cncf.io",
    resources: ["network-attachment-definitions"],
    verbs: ["list"],
    scope: "cluster",
    purpose: "SR-IOV networks",
  },
];

export interface MissingPermission {
  apiGroup: string;
  resource: string;
  verb: string;
  namespace?: string;
  purpose: string;
}

const reviewsAtOnce = 4;

/** Asks the cluster about each rule; without a namespace, about all of them. */
export async function missingPermissions(
  client: ClusterClient,
  namespace?: string,
): Promise<MissingPermission[]> {
  const asked = requiredRules.flatMap((rule) => expandRule(rule, namespace && checkedName(namespace)));
  const missing: MissingPermission[] = [];
  for (let from = 0; from < asked.length; from += reviewsAtOnce) {
    const some = asked.slice(from, from + reviewsAtOnce);
    const allowed = await Promise.all(some.map((one) => isAllowed(client, one)));
    missing.push(...some.filter((_, index) => !allowed[index]));
  }
  return missing;
}

function expandRule(rule: RequiredRule, namespace: string | undefined): MissingPermission[] {
  const { apiGroup, purpose } = rule;
  const place = namespace && rule.scope === "namespace" ? { namespace } : {};
  return rule.resources.flatMap((resource) =>
    rule.verbs.map((verb) => ({ apiGroup, resource, verb, purpose, ...place })),
  );
}

async function isAllowed(client: ClusterClient, asked: MissingPermission): Promise<boolean> {
  const [resource, subresource] = asked.resource.split("/");
  const resourceAttributes = {
    group: asked.apiGroup,
    verb: asked.verb,
    ...(resource ? { resource } : {}),
    ...(subresource ? { subresource } : {}),
    ...(asked.namespace ? { namespace: asked.namespace } : {}),
  };
  const answer = await callCluster(() =>
    client.authorization.createSelfSubjectAccessReview({
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes },
      },
    }),
  );
  return readAnswer(z.object({ status: z.object({ allowed: z.boolean() }) }), answer).status.allowed;
}
