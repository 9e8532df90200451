import { timingSafeEqual } from "node:crypto";
import type { User } from "./call";
import { Failure } from "./failures";
import type { JsonObject } from "./json";
import { objectAt, textAt } from "./json";

export interface Attributes {
  verb: string;
  group: string;
  resource: string;
  subresource: string | undefined;
  namespace: string | undefined;
  name: string | undefined;
}

export class Users {
  readonly #byToken: { token: Buffer; user: User }[] = [];

  add(token: string, name: string, denied: string[] = []): User {
    const groups = ["system:serviceaccounts", "system:authenticated"];
    const user = { name, groups, denied };
    this.#byToken.push({ token: Buffer.from(token), user });
    return user;
  }

  find(token: string): User | undefined {
    const given = Buffer.from(token);
    return this.#byToken.find(
      ({ token: known }) => known.length === given.length && timingSafeEqual(known, given),
    )?.user;
  }
}

export function bearerToken(authorization: string, protocols: string): string {
  if (authorization.startsWith("Bearer ")) return authorization.slice("Bearer ".length).trim();
  // A browser cannot send the header with a websocket, so the API server takes the token from a sub-protocol.
  const offered = protocols.split(",").map((protocol) => protocol.trim());
  const prefix = "base64url.bearer.authorization.k8s.io.";
  const carrier = offered.find((protocol) => protocol.startsWith(prefix));
  return carrier ? Buffer.from(carrier.slice(prefix.length), "base64url").toString() : "";
}

export function isAllowed(user: User, attributes: Attributes): boolean {
  const resource = attributes.subresource
    ? `${attributes.resource}/${attributes.subresource}`
    : attributes.resource;
  return !user.denied.some((rule) => {
    const [verb = "*", target = "*"] = rule.includes(" ") ? rule.split(" ") : ["*", rule];
    return (verb === "*" || verb === attributes.verb) && (target === "*" || target === resource);
  });
}

export function requireAllowed(user: User, attributes: Attributes): void {
  if (isAllowed(user, attributes)) return;
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const qualified = group === "" ? resource : `${resource}.${group}`;
  const subject = name ? `${qualified} ${JSON.stringify(name)}` : qualified;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const scope = namespace ? `in the namespace "${namespace}"` : "at the cluster scope";
  throw new Failure({
    code: 403,
    reason: "Forbidden",
    message: `${subject} is forbidden: User "${user.name}" cannot ${verb} resource "${full}" in API group "${group}" ${scope}`,
    details: { ...(name && { name }), ...(group !== "" && { group }), kind: resource },
  });
}

/** Answers `kubectl auth can-i`. */
export function reviewAccess(user: User, review: JsonObject): JsonObject {
  const wanted = objectAt(review, "spec", "resourceAttributes");
  const allowed = isAllowed(user, {
    verb: textAt(wanted, "verb") ?? "",
    group: textAt(wanted, "group") ?? "",
    resource: textAt(wanted, "resource") ?? "",
    subresource: textAt(wanted, "subresource"),
    namespace: textAt(wanted, "namespace"),
    name: textAt(wanted, "name"),
  });
  return {
    kind: "SelfSubjectAccessReview",
    apiVersion: "authorization.k8s.io/v1",
    metadata: {},
    spec: { resourceAttributes: wanted },
    status: { allowed, ...(allowed && { reason: "RBAC: allowed by the lab" }) },
  };
}

/** The rules as RBAC would list them; what a user is refused leaves a rule per verb and resource that stays. */
export function reviewRules(user: User, resources: { group: string; resource: string }[]): JsonObject {
  const verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
  const resourceRules: JsonObject[] = resources.map(({ group, resource }) => {
    const [plural = "", subresource] = resource.split("/");
    const allowed = verbs.filter((verb) =>
      isAllowed(user, { verb, group, resource: plural, subresource, namespace: undefined, name: undefined }),
    );
    return { verbs: allowed, apiGroups: [group], resources: [resource] };
  });
  return {
    kind: "SelfSubjectRulesReview",
    apiVersion: "authorization.k8s.io/v1",
    metadata: {},
    spec: {},
    status: { resourceRules, nonResourceRules: [], incomplete: false },
  };
}
