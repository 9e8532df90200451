import type { User } from "./call";
import type { Attributes } from "./access";
import { isAllowed } from "./access";
import type { Cluster } from "./cluster";
import { Failure } from "./failures";
import type { JsonObject } from "./json";
import { objectAt, objectsAt, textAt, valueAt } from "./json";
import type { Kind } from "./kinds";
import { bindingKind, clusterBindingKind, clusterRoleKind, roleKind } from "./kinds";
import type { KubeObject } from "./objects";
import { asJson } from "./objects";

export interface ServiceAccount {
  namespace: string;
  name: string;
}

export type Wanted = Pick<Attributes, "verb" | "group" | "resource" | "subresource"> & { namespace: string };

/** Whether a role gives a service account this right; unlike the lab's own users, it has none by itself. */
export function isGranted(cluster: Cluster, account: ServiceAccount, wanted: Wanted): boolean {
  const bindings = [
    ...cluster.store.list(bindingKind, wanted.namespace),
    ...cluster.store.list(clusterBindingKind),
  ];
  return bindings
    .filter((binding) =>
      objectsAt(asJson(binding), "subjects").some((subject) => isSubject(account, subject)),
    )
    .flatMap((binding) => rulesOf(cluster, binding))
    .some((rule) => covers(rule, wanted));
}

function isSubject(account: ServiceAccount, subject: JsonObject): boolean {
  const name = textAt(subject, "name") ?? "";
  const { namespace } = account;
  switch (subject["kind"]) {
    case "ServiceAccount":
      return name === account.name && textAt(subject, "namespace") === namespace;
    case "Group":
      return [
        "system:serviceaccounts",
        `system:serviceaccounts:${namespace}`,
        "system:authenticated",
      ].includes(name);
    default:
      return name === `system:serviceaccount:${namespace}:${account.name}`;
  }
}

function rulesOf(cluster: Cluster, binding: KubeObject): JsonObject[] {
  const reference = objectAt(asJson(binding), "roleRef");
  const kind = reference["kind"] === "ClusterRole" ? clusterRoleKind : roleKind;
  const namespace = kind.namespaced ? binding.metadata.namespace : undefined;
  const role = cluster.store.get(kind, namespace, textAt(reference, "name") ?? "");
  return role ? objectsAt(asJson(role), "rules") : [];
}

function covers(rule: JsonObject, { verb, group, resource, subresource }: Wanted): boolean {
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  const has = (member: string, value: string) =>
    textsAt(rule, member).some((one) => one === "*" || one === value);
  const hasResource = has("resources", full) || (subresource !== undefined && has("resources", "*/*"));
  return has("verbs", verb) && has("apiGroups", group) && hasResource;
}

function textsAt(rule: JsonObject, member: string): string[] {
  const value = valueAt(rule, member);
  return Array.isArray(value) ? value.map(String) : [];
}

/** Nobody may give away what they do not have, neither in a role nor by binding one. */
export function requireHeld(cluster: Cluster, user: User, review: { kind: Kind; next: KubeObject }): void {
  const { kind, next } = review;
  const isBinding = kind === bindingKind || kind === clusterBindingKind;
  const rules = isBinding ? rulesOf(cluster, next) : objectsAt(asJson(next), "rules");
  const missing = rules.filter((rule) => !holds(user, rule));
  if (missing.length === 0) return;
  const list = missing.map(
    (rule) =>
      `{APIGroups:${JSON.stringify(textsAt(rule, "apiGroups"))}, Resources:${JSON.stringify(textsAt(rule, "resources"))}, Verbs:${JSON.stringify(textsAt(rule, "verbs"))}}`,
  );
  const subject = `${kind.plural}.${kind.group} ${JSON.stringify(next.metadata.name)}`;
  const groups = user.groups.map((group) => JSON.stringify(group)).join(" ");
  throw new Failure({
    code: 403,
    reason: "Forbidden",
    message: `${subject} is forbidden: user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${list.join("\n")}`,
    details: { name: next.metadata.name, group: kind.group, kind: kind.plural },
  });
}

function holds(user: User, rule: JsonObject): boolean {
  return textsAt(rule, "verbs").every((verb) =>
    textsAt(rule, "apiGroups").every((group) =>
      textsAt(rule, "resources").every((full) => {
        const [resource = "", subresource] = full.split("/");
        return isAllowed(user, { verb, group, resource, subresource, namespace: undefined, name: undefined });
      }),
    ),
  );
}
