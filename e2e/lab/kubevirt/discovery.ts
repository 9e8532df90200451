import type { Json, JsonObject } from "./json";
import type { Kind } from "./kinds";
import { kinds } from "./kinds";
import { tokenRequests, uploadGroup } from "./upload/token-requests";

const verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

const reviews = {
  "authorization.k8s.io": ["SelfSubjectAccessReview", "SelfSubjectRulesReview"],
  "authentication.k8s.io": ["SelfSubjectReview"],
};

const machineActions = ["start", "stop", "restart", "migrate", "addvolume", "removevolume", "expand-spec"];
const instanceActions = [
  "pause",
  "unpause",
  "softreboot",
  "reset",
  "freeze",
  "unfreeze",
  "addvolume",
  "removevolume",
].concat(["console", "vnc", "vnc/screenshot", "guestosinfo", "userlist", "filesystemlist"]);

/** Which group versions exist and what is in them. */
export function discover(path: string, kubevirtVersion: string): JsonObject | undefined {
  if (path === "/version") return versionInfo();
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] };
  if (path === "/apis")
    return { kind: "APIGroupList", apiVersion: "v1", groups: groupNames().map(describeGroup) };
  if (path === "/api/v1") return describeVersion("", "v1");
  if (path === "/apis/subresources.kubevirt.io/v1/version")
    return { gitVersion: kubevirtVersion, goVersion: "go1.25", platform: "linux/amd64" };
  if (path === "/apis/subresources.kubevirt.io/v1/healthz") return { apiserver: { connectivity: "ok" } };
  const [, group, version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (group === undefined || !groupNames().includes(group)) return undefined;
  if (version === undefined) return { kind: "APIGroup", apiVersion: "v1", ...describeGroup(group) };
  return versionsOf(group).includes(version) ? describeVersion(group, version) : undefined;
}

function versionInfo(): JsonObject {
  return {
    major: "1",
    minor: "36",
    gitVersion: "v1.36.2",
    gitCommit: "0000000000000000000000000000000000000000",
    gitTreeState: "clean",
    buildDate: "2026-05-01T00:00:00Z",
    goVersion: "go1.25",
    compiler: "gc",
    platform: "linux/amd64",
  };
}

function groupNames(): string[] {
  const served = kinds.map((kind) => kind.group).filter((group) => group !== "");
  return [...new Set([...served, "subresources.kubevirt.io", uploadGroup, ...Object.keys(reviews)])];
}

function versionsOf(group: string): string[] {
  if (group === "subresources.kubevirt.io") return ["v1", "v1alpha3"];
  if (group === uploadGroup) return ["v1beta1"];
  if (group in reviews) return ["v1"];
  return [...new Set(kinds.filter((kind) => kind.group === group).map((kind) => kind.version))];
}

function describeGroup(group: string): JsonObject {
  const versions: JsonObject[] = versionsOf(group).map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions, preferredVersion: versions[0] ?? null };
}

function describeVersion(group: string, version: string): JsonObject {
  const groupVersion = group === "" ? version : `${group}/${version}`;
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: resourcesOf(group, version) };
}

function resourcesOf(group: string, version: string): Json[] {
  if (group === "subresources.kubevirt.io") return subresources();
  if (group === uploadGroup) return [tokenRequestResource];
  const named = Object.entries(reviews).find(([name]) => name === group)?.[1];
  if (named) {
    return named.map((kind) => ({
      name: `${kind.toLowerCase()}s`,
      singularName: kind.toLowerCase(),
      namespaced: false,
      kind,
      verbs: ["create"],
    }));
  }
  return kinds.filter((kind) => kind.group === group && kind.version === version).flatMap(describeResource);
}

function describeResource(kind: Kind): JsonObject[] {
  const shared = { singularName: kind.singular, namespaced: kind.namespaced, kind: kind.kind };
  const resource = {
    name: kind.plural,
    ...shared,
    verbs,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
  };
  if (!kind.hasStatus) return [resource];
  return [
    resource,
    { name: `${kind.plural}/status`, ...shared, singularName: "", verbs: ["get", "patch", "update"] },
  ];
}

function subresources(): Json[] {
  const describe = (resource: string) => (action: string) => ({
    name: `${resource}/${action}`,
    singularName: "",
    namespaced: true,
    kind: "",
    verbs: readOnlyActions.includes(action) ? ["get"] : ["update"],
  });
  return [
    ...machineActions.map(describe("virtualmachines")),
    ...instanceActions.map(describe("virtualmachineinstances")),
  ];
}

const tokenRequestResource: Json = {
  name: tokenRequests,
  singularName: "uploadtokenrequest",
  namespaced: true,
  kind: "UploadTokenRequest",
  verbs: ["create"],
  shortNames: ["utr", "utrs"],
};

const readOnlyActions = [
  "console",
  "vnc",
  "vnc/screenshot",
  "guestosinfo",
  "userlist",
  "filesystemlist",
  "expand-spec",
];
