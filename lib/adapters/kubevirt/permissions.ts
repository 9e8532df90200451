import { z } from "zod";
import { callCluster, type ClusterClient } from "./client";
import { checkedName } from "./paths";
import { requiredRules, type PermissionPurpose, type RequiredRule } from "./required-rules";
import { readAnswer } from "./types";

export interface MissingPermission {
  apiGroup: string;
  resource: string;
  verb: string;
  namespace?: string;
  purpose: PermissionPurpose;
}

const reviewsAtOnce = 8;

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
  const [resource, ...below] = asked.resource.split("/");
  const subresource = below.join("/");
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
