import type { Answer, Call } from "./call";
import { fieldManagerOf, isDryRun, ok, parseObject } from "./call";
import { requireAllowed, reviewAccess, reviewRules } from "./access";
import type { Cluster } from "./cluster";
import { discover } from "./discovery";
import { methodNotAllowed, noSuchPath } from "./failures";
import type { JsonObject } from "./json";
import { textAt } from "./json";
import { kinds } from "./kinds";
import { metadataOf } from "./objects";
import { answerOpenApi } from "./openapi";
import type { SubresourcePath } from "./paths";
import { isSubresourceGroup, parseObjectPath, parseSubresourcePath } from "./paths";
import { answerResource, requestIdOf, verbOf } from "./resources";
import { answerScreenshot } from "./console/screenshot";
import { answerPodMetrics, metricsGroup, namespaceOfPodMetrics } from "./metrics/pod-metrics";
import { answerSubresource, requireReachable } from "./subresources/subresources";
import {
  answerTokenRequest,
  namespaceOfTokenRequest,
  tokenRequests,
  uploadGroup,
} from "./upload/token-requests";

/** What is called upon, for access control, the counters and the ledger. */
interface Subject {
  verb: string;
  group: string;
  resource: string;
  subresource: string | undefined;
  namespace: string | undefined;
  name: string | undefined;
}

interface Destination {
  subject: Subject;
  answer: () => Answer | undefined;
}

/** Finds what a call is for, asks whether the user may, does it, and writes it down. */
function route(cluster: Cluster, call: Call): Answer | undefined {
  const plain = answerWithoutSubject(cluster, call);
  if (plain) return plain;
  const { subject, answer } = findDestination(cluster, call);
  const resource = subject.subresource ? `${subject.resource}/${subject.subresource}` : subject.resource;
  cluster.ledger.count(subject.verb, resource);
  requireAllowed(call.user, subject);
  return answer();
}

/** The same as `route`, with every change noted whether it succeeds or not. */
export function routeAndRecord(
  cluster: Cluster,
  call: Call,
  toStatus: (error: unknown) => number,
): Answer | undefined {
  const isChange = ["POST", "PUT", "PATCH", "DELETE"].includes(call.method);
  const before = cluster.store.revision;
  try {
    const answer = route(cluster, call);
    if (isChange) record(cluster, call, answer?.code ?? 200, cluster.store.revision !== before);
    return answer;
  } catch (error) {
    if (isChange) record(cluster, call, toStatus(error), false);
    throw error;
  }
}

function record(cluster: Cluster, call: Call, status: number, effective: boolean): void {
  const subresource = parseSubresourcePath(call.path);
  const object = parseObjectPath(call.path);
  if (!subresource && !object) return;
  const dryRun = isDryRun(call) || (subresource !== undefined && asksForDryRun(call));
  // Some actions are carried out by the node a moment later, so an accepted one counts as a change.
  const isAccepted = subresource !== undefined && status < 300 && !dryRun;
  const resource = subresource
    ? `${subresource.resource}/${subresource.action}`
    : (object?.kind.plural ?? "");
  cluster.ledger.record({
    at: new Date().toISOString(),
    method: call.method,
    path: call.url.pathname + call.url.search,
    namespace: subresource?.namespace ?? object?.namespace ?? "",
    name: subresource?.name ?? object?.name ?? nameInBody(call),
    kind: object?.subresource ? `${resource}/${object.subresource}` : resource,
    user: call.user.name,
    fieldManager: fieldManagerOf(call),
    dryRun,
    status,
    effective: effective || isAccepted,
    requestId: requestIdOf(call),
  });
}

function nameInBody(call: Call): string {
  return textAt(metadataOf(readableBody(call)), "name") ?? "";
}

function asksForDryRun(call: Call): boolean {
  const dryRun = readableBody(call)["dryRun"];
  return Array.isArray(dryRun) && dryRun.includes("All");
}

// A body that cannot be read has already been refused; the ledger only lacks what it said.
function readableBody(call: Call): JsonObject {
  try {
    return call.body.length === 0 ? {} : parseObject(call);
  } catch {
    return {};
  }
}

function answerWithoutSubject(cluster: Cluster, call: Call): Answer | undefined {
  if (["/healthz", "/livez", "/readyz"].includes(call.path)) return { code: 200, text: "ok" };
  if (call.path.startsWith("/openapi/")) return answerOpenApi(cluster, call);
  if (isSubresourceGroup(call.path)) requireReachable(cluster, call);
  if (call.method === "POST") return answerReview(call);
  if (call.method !== "GET") return undefined;
  const found = discover(call.path, cluster.kubevirtVersion);
  return found && ok(found);
}

function answerReview(call: Call): Answer | undefined {
  switch (call.path) {
    case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
      return { code: 201, body: reviewAccess(call.user, parseObject(call)) };
    case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews":
      return {
        code: 201,
        body: reviewRules(call.user, [
          ...kinds.map((kind) => ({ group: kind.group, resource: kind.plural })),
          { group: uploadGroup, resource: tokenRequests },
          { group: "cdi.kubevirt.io", resource: "datavolumes/source" },
        ]),
      };
    case "/apis/authentication.k8s.io/v1/selfsubjectreviews": {
      const { name, groups } = call.user;
      const status = { userInfo: { username: name, groups } };
      return {
        code: 201,
        body: { kind: "SelfSubjectReview", apiVersion: "authentication.k8s.io/v1", metadata: {}, status },
      };
    }
    default:
      return undefined;
  }
}

function findDestination(cluster: Cluster, call: Call): Destination {
  const subresource = parseSubresourcePath(call.path);
  if (subresource) {
    const verb = call.method === "GET" ? "get" : "update";
    return {
      subject: subjectOfSubresource(verb, subresource),
      answer: () => answerAction(cluster, call, subresource),
    };
  }
  const tokenNamespace = namespaceOfTokenRequest(call.path);
  if (tokenNamespace !== undefined) return findTokenRequest(cluster, call, tokenNamespace);
  const measured = namespaceOfPodMetrics(call.path);
  if (measured !== undefined) return findPodMetrics(cluster, call, measured);
  const path = parseObjectPath(call.path);
  if (!path) throw noSuchPath();
  const { kind, namespace, name } = path;
  if (path.subresource !== undefined && !(path.subresource === "status" && kind.hasStatus))
    throw noSuchPath();
  if (kind.namespaced && namespace === undefined && call.method !== "GET" && call.method !== "DELETE")
    throw methodNotAllowed();
  const subject = {
    verb: verbOf(call, path),
    group: kind.group,
    resource: kind.plural,
    subresource: path.subresource,
    namespace,
    name,
  };
  return { subject, answer: () => answerResource(cluster, call, path) };
}

function findTokenRequest(cluster: Cluster, call: Call, namespace: string): Destination {
  if (call.method !== "POST") throw methodNotAllowed();
  const about = { verb: "create", group: uploadGroup, resource: tokenRequests };
  return {
    subject: { ...about, subresource: undefined, namespace, name: undefined },
    answer: () => answerTokenRequest(cluster, call, namespace),
  };
}

function findPodMetrics(cluster: Cluster, call: Call, namespace: string): Destination {
  if (call.method !== "GET") throw methodNotAllowed();
  const about = { verb: "list", group: metricsGroup, resource: "pods" };
  return {
    subject: { ...about, subresource: undefined, namespace, name: undefined },
    answer: () => answerPodMetrics(cluster, call, namespace),
  };
}

export function subjectOfSubresource(verb: string, path: SubresourcePath): Subject {
  const { resource, action, namespace, name } = path;
  return { verb, group: "subresources.kubevirt.io", resource, subresource: action, namespace, name };
}

function answerAction(cluster: Cluster, call: Call, path: SubresourcePath): Answer {
  const isScreenshot = path.action === "vnc/screenshot" && call.method === "GET";
  return isScreenshot ? answerScreenshot(cluster, path) : answerSubresource(cluster, call, path);
}
