import type { Kind } from "./kinds";
import { findKind } from "./kinds";

export interface ObjectPath {
  kind: Kind;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

export interface SubresourcePath {
  namespace: string;
  resource: "virtualmachines" | "virtualmachineinstances";
  name: string;
  action: string;
}

/** `/apis/G/V/namespaces/NS/PLURAL/NAME/SUB` and its shorter forms, for any served kind. */
export function parseObjectPath(pathname: string): ObjectPath | undefined {
  const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (parts[0] === "api" && parts[1] === "v1") return parseRest("", "v1", parts.slice(2));
  if (parts[0] === "apis" && parts.length >= 4)
    return parseRest(parts[1] ?? "", parts[2] ?? "", parts.slice(3));
  return undefined;
}

function parseRest(group: string, version: string, rest: string[]): ObjectPath | undefined {
  const isInNamespace = rest[0] === "namespaces" && rest.length >= 3;
  const namespaced = isInNamespace ? findKind(group, version, rest[2] ?? "") : undefined;
  if (isInNamespace && namespaced?.namespaced && rest.length <= 5) {
    return { kind: namespaced, namespace: rest[1], name: rest[3], subresource: rest[4] };
  }
  const kind = findKind(group, version, rest[0] ?? "");
  if (!kind || rest.length > 3) return undefined;
  if (kind.namespaced && rest.length > 1) return undefined;
  return { kind, namespace: undefined, name: rest[1], subresource: rest[2] };
}

const subresourcePattern =
  /^\/apis\/subresources\.kubevirt\.io\/v1(?:alpha3)?\/namespaces\/([^/]+)\/(virtualmachines|virtualmachineinstances)\/([^/]+)\/(.+)$/;

export function parseSubresourcePath(pathname: string): SubresourcePath | undefined {
  const found = subresourcePattern.exec(pathname);
  if (!found) return undefined;
  const [, namespace = "", resource, name = "", action = ""] = found;
  return {
    namespace: decodeURIComponent(namespace),
    resource: resource === "virtualmachines" ? "virtualmachines" : "virtualmachineinstances",
    name: decodeURIComponent(name),
    action,
  };
}

export function isSubresourceGroup(pathname: string): boolean {
  return pathname.startsWith("/apis/subresources.kubevirt.io/");
}
