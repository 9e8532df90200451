import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import type { Sent } from "./call-door";
import type { Furniture } from "./furnish-system";
import { parametersOf } from "./list-doors";

/** The furniture's row each part of a path in braces names, by the path before it. */
const named: [RegExp, keyof Furniture][] = [
  [/^\/api\/v1\/systems\/\{id\}\/members\/\{userId\}/, "memberId"],
  [/\/cohort-mappings\/\{mappingId\}/, "mappingId"],
  [/\/role-bindings\/\{bindingId\}/, "accountBindingId"],
  [/\/users\/\{id\}\/sessions\/\{sessionId\}/, "accountSessionId"],
  [/\/users\/\{id\}\/tokens\/\{tokenId\}/, "accountTokenId"],
  [/\/service-accounts\/\{id\}\/tokens\/\{tokenId\}/, "serviceTokenId"],
  [/\/console\/tokens\/\{jti\}/, "consoleJti"],
  [/\/clusters\/\{id\}\/namespaces\/\{name\}/, "namespaceName"],
  [/\/approvals\/\{id\}/, "ticketId"],
  [/\/tasks\/\{id\}/, "ticketId"],
  [/\/tickets\/\{id\}/, "ticketId"],
  [/providers\/\{id\}/, "providerId"],
  [/\/clusters\/\{id\}/, "clusterId"],
  [/\/pending-adoptions\/\{id\}/, "adoptionId"],
  [/\/image-uploads\/\{id\}/, "uploadId"],
  [/\/environments\/\{name\}/, "environmentName"],
  [/\/instance-sizes\/\{name\}/, "sizeName"],
  [/\/namespaces\/\{id\}/, "namespaceId"],
  [/\/roles\/\{id\}/, "roleId"],
  [/\/service-accounts\/\{id\}/, "serviceAccountId"],
  [/\/users\/\{id\}/, "accountId"],
  [/\/auth\/sessions\/\{id\}/, "sessionId"],
  [/\/events\/\{id\}/, "eventId"],
  [/\/api-tokens\/\{id\}/, "tokenId"],
  [/\/notifications\/\{id\}/, "notificationId"],
  [/\/services\/\{id\}/, "serviceId"],
  [/\/systems\/\{id\}/, "systemId"],
  [/\/vms\/\{id\}/, "vmId"],
  [/\/templates\/\{id\}/, "templateId"],
  [/\/template-logos\/\{id\}/, "logoId"],
];

/** Where each part of the path leads in this furniture; a part nobody has thought of fails. */
export function fillPath(path: string, furniture: Furniture): Record<string, string> {
  return Object.fromEntries(parametersOf(path).map((name) => [name, valueOf(path, name, furniture)]));
}

function valueOf(path: string, name: string, furniture: Furniture): string {
  if (path.includes("{...")) return "unknown";
  if (name === "key") return "theme";
  if (name === "entity") return "instance_size";
  const place = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2);
  const row = named.find(([pattern]) => new RegExp(`${pattern.source}$`).test(place));
  const value = row && furniture[row[1]];
  if (typeof value !== "string") throw new Error(`nothing stands for {${name}} in ${path}`);
  return value;
}

type Filled = Pick<Sent, "query" | "body">;

/** A request that is right in itself, so that only the sender can be what is wrong with it. */
export async function fillRequest(name: string, furniture: Furniture): Promise<Filled> {
  const made = requests[name]?.(furniture) ?? {};
  if (!name.includes("clusters")) return made;
  const kubeconfig =
    name.endsWith("admin/clusters") || /\/(?:credentials|clusters\/test-connection)$/.test(name)
      ? await kubeconfigOnce()
      : null;
  return kubeconfig === null ? made : { body: { ...Object(made.body), kubeconfig } };
}

let kubeconfig: Promise<string> | undefined;
const kubeconfigOnce = () => (kubeconfig ??= aKubeconfig());

const grant = { role_id: "role-viewer", environments: ["test"] };
const oidc = { auth_type: "oidc", config: { issuer: "https://sign-in.example", client_id: "portal" } };
const openPolicy = {
  allow_cpu_overcommit: true,
  allow_memory_overcommit: true,
  allow_dedicated_cpu: true,
  allow_gpu: true,
  allow_sriov: true,
  allow_hugepages: true,
  allow_cdi_clone: true,
  allowed_hugepages_sizes: [],
  allowed_clone_source_namespaces: [],
  allowed_storage_classes: [],
};
const wish = (f: Furniture) => ({
  service_id: f.serviceId,
  template_id: f.templateId,
  instance_size_id: f.sizeId,
  namespace: f.namespaceName,
  reason: "A cache",
});
const anImport = (f: Furniture) => ({
  namespace: f.namespaceName,
  name: "found",
  uid: "0d8ba7d4",
  fingerprint: "0".repeat(64),
  instance: "50",
});
/** One transparent pixel. */
const tinyPicture =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const aDraft = () => ({
  name: fresh(),
  display_name: "New",
  source_type: "containerdisk",
  image_url: "quay.io/containerdisks/debian:13",
});
const fresh = () => `x${Math.random().toString(36).slice(2, 10)}`;
const member = (f: Furniture) => ({ kind: "member", id: f.memberBindingId });
const binding = (f: Furniture) => ({ kind: "role", id: f.accountBindingId });

const requests: Record<string, (furniture: Furniture) => Filled> = {
  "POST /api/v1/admin/access-reviews/confirm": (f) => ({ body: binding(f) }),
  "POST /api/v1/admin/access-reviews/revoke": (f) => ({ body: binding(f) }),
  "POST /api/v1/admin/approvals/{id}/preview": () => ({ body: {} }),
  "PUT /api/v1/admin/auth-providers/{id}/claims-mapping": () => ({
    body: { version: 1, claims_mapping: { groups: "groups" } },
  }),
  "PATCH /api/v1/admin/auth-providers/{id}/cohort-mappings/{mappingId}": () => ({ body: grant }),
  "POST /api/v1/admin/auth-providers/{id}/cohort-mappings/preview": (f) => ({
    body: { mapping_id: f.mappingId },
  }),
  "POST /api/v1/admin/auth-providers/{id}/cohort-mappings": () => ({ body: { key: "ops", ...grant } }),
  "POST /api/v1/admin/auth-providers/{id}/directory/preview": () => ({ body: {} }),
  "POST /api/v1/admin/auth-providers/{id}/directory/sync": () => ({ body: {} }),
  "PUT /api/v1/admin/auth-providers/{id}/enabled": () => ({ body: { enabled: false } }),
  "PATCH /api/v1/admin/auth-providers/{id}": () => ({
    body: { auth_type: "oidc", version: 1, name: fresh() },
  }),
  "DELETE /api/v1/admin/auth-providers/{id}": (f) => ({ query: { confirm_name: `corp ${f.canary}` } }),
  "POST /api/v1/admin/auth-providers/{id}/sample": () => ({ body: {} }),
  "POST /api/v1/admin/auth-providers/read-metadata": () => ({ body: { metadata: "<none/>" } }),
  "POST /api/v1/admin/auth-providers": () => ({ body: { name: fresh(), ...oidc } }),
  "POST /api/v1/admin/auth-providers/test-connection": () => ({ body: oidc }),
  "PUT /api/v1/admin/clusters/{id}/policy": () => ({ body: openPolicy }),
  "PATCH /api/v1/admin/clusters/{id}": () => ({ body: { version: 1, display_name: "Renamed" } }),
  "POST /api/v1/admin/clusters/{id}/machines/preview": (f) => ({
    body: { service_id: f.serviceId, machines: [{ namespace: f.namespaceName, name: "found" }] },
  }),
  "POST /api/v1/admin/clusters/{id}/machines/import": (f) => ({
    body: { service_id: f.serviceId, machines: [anImport(f)] },
  }),
  "POST /api/v1/admin/pending-adoptions/{id}/adopt": (f) => ({ body: { service_id: f.serviceId } }),
  "POST /api/v1/admin/pending-adoptions/{id}/reject": () => ({ body: { reason: "not ours" } }),
  "DELETE /api/v1/admin/clusters/{id}": (f) => ({ query: { confirm_name: f.clusterName } }),
  "PUT /api/v1/admin/clusters/{id}/storage-classes/default": () => ({ body: { storage_class: "fast" } }),
  "POST /api/v1/admin/clusters": () => ({
    body: { name: fresh(), display_name: "New", environment: "test" },
  }),
  "PUT /api/v1/admin/config": () => ({ body: { key: "session.idle_minutes", value: 45 } }),
  "PATCH /api/v1/admin/environments/{name}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/environments/{name}": (f) => ({ query: { confirm_name: f.environmentName } }),
  "POST /api/v1/admin/environments": () => ({ body: { name: fresh(), class: "test", display_name: "New" } }),
  "GET /api/v1/admin/namespaces/owner-candidates": () => ({ query: { q: "a" } }),
  "PATCH /api/v1/admin/namespaces/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/namespaces/{id}": (f) => ({ query: { confirm_name: f.namespaceName } }),
  "POST /api/v1/admin/clusters/{id}/instancetypes": () => ({ body: { names: ["nothing"] } }),
  "POST /api/v1/admin/instance-sizes": () => ({
    body: { name: fresh(), display_name: "New", cpu_cores: 1, memory_gi: 1 },
  }),
  "PATCH /api/v1/admin/instance-sizes/{name}": () => ({ body: { version: 1, description: "changed" } }),
  "DELETE /api/v1/admin/instance-sizes/{name}": (f) => ({ query: { confirm_name: f.sizeName } }),
  "POST /api/v1/admin/instance-sizes/{name}/deprecate": () => ({ body: { message: "old" } }),
  "POST /api/v1/admin/instance-sizes/{name}/restore": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads/{id}/cancel": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads/{id}/retry": () => ({ body: {} }),
  "POST /api/v1/admin/image-uploads": (f) => ({
    body: {
      ...{ cluster_id: f.clusterId, display_name: "Image", file_name: "image.iso", size_bytes: 4096 },
      ...{ format: "iso", disk_gb: 1, fingerprint: "0".repeat(64) },
    },
  }),
  "POST /api/v1/admin/namespaces": () => ({ body: { name: fresh(), environment: "test" } }),
  "PATCH /api/v1/admin/roles/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/roles/{id}": () => ({ query: { confirm: "true" } }),
  "POST /api/v1/admin/roles": () => ({
    body: { name: fresh(), display_name: "New", permissions: ["vm:read"] },
  }),
  "POST /api/v1/admin/service-accounts/{id}/tokens": () => ({ body: { name: "ci" } }),
  "POST /api/v1/admin/service-accounts": () => ({ body: { username: fresh(), display_name: "New" } }),
  "POST /api/v1/admin/template-logos": () => ({ body: { content: tinyPicture } }),
  "POST /api/v1/admin/templates": () => ({ body: aDraft() }),
  "POST /api/v1/admin/templates/preview": () => ({ body: { template: aDraft() } }),
  "PATCH /api/v1/admin/templates/{id}": () => ({ body: { revision: 1, description: "changed" } }),
  "GET /api/v1/admin/templates/{id}/compare": (f) => ({ query: { to: f.templateId } }),
  "POST /api/v1/admin/templates/{id}/deprecate": () => ({ body: { message: "old" } }),
  "DELETE /api/v1/admin/users/{id}/mfa": () => ({ query: { reason: "lost" } }),
  "PATCH /api/v1/admin/users/{id}/role-bindings/{bindingId}": () => ({ body: { environments: ["test"] } }),
  "POST /api/v1/admin/users/{id}/role-bindings": (f) => ({
    body: { role_id: f.roleId, environments: ["test"] },
  }),
  "PATCH /api/v1/admin/users/{id}": () => ({ body: { display_name: "Renamed" } }),
  "POST /api/v1/admin/users": () => ({ body: { username: fresh(), display_name: "New" } }),
  "POST /api/v1/auth/change-password": () => ({
    body: { current_password: "wrong", new_password: "a lantern over quiet snow" },
  }),
  "POST /api/v1/auth/login": () => ({ body: { username: "nobody-here", password: "wrong" } }),
  "POST /api/v1/auth/mfa/disable": () => ({ body: { factor_id: "none" } }),
  "POST /api/v1/auth/mfa/enroll/confirm": () => ({ body: { factor_id: "none", code: "123456" } }),
  "POST /api/v1/auth/mfa/enroll": () => ({ body: { name: "Phone", password: "wrong" } }),
  "POST /api/v1/auth/mfa/passkeys/options": () => ({ body: { password: "wrong" } }),
  "POST /api/v1/auth/mfa/passkeys": () => ({ body: { name: "Key", response: {} } }),
  "POST /api/v1/auth/mfa/verify": () => ({ body: { code: "123456" } }),
  "PUT /api/v1/auth/preferences/{key}": () => ({ body: { value: "dark" } }),
  "POST /api/v1/auth/providers/{id}/login/start": () => ({ body: {} }),
  "POST /api/v1/auth/providers/{id}/login/submit": () => ({ body: { username: "ada", password: "wrong" } }),
  "POST /api/v1/auth/set-password/link": () => ({ body: { token: "none" } }),
  "POST /api/v1/auth/set-password": () => ({
    body: { token: "none", new_password: "a lantern over quiet snow" },
  }),
  "POST /api/v1/auth/view-as": (f) => ({ body: { user_id: f.accountId } }),
  "POST /api/v1/builtin-approval/tasks/{id}/approve": () => ({ body: { version: 1 } }),
  "POST /api/v1/builtin-approval/tasks/{id}/reject": () => ({ body: { version: 1, reason: "no" } }),
  "POST /api/v1/me/api-tokens": () => ({ body: { name: "ci" } }),
  "PATCH /api/v1/services/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/services/{id}": () => ({ query: { confirm: "true" } }),
  "POST /api/v1/systems/{id}/access-requests": () => ({
    body: { role: "member", days: 7, reason: "to help" },
  }),
  "POST /api/v1/systems/{id}/access-review/confirm": (f) => ({ body: member(f) }),
  "POST /api/v1/systems/{id}/access-review/revoke": (f) => ({ body: member(f) }),
  "GET /api/v1/systems/{id}/member-candidates": () => ({ query: { q: "person" } }),
  "PATCH /api/v1/systems/{id}/members/{userId}": () => ({ body: { role: "member" } }),
  "POST /api/v1/systems/{id}/members": (f) => ({ body: { user_id: f.accountId, role: "viewer" } }),
  "PATCH /api/v1/systems/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/systems/{id}": (f) => ({ query: { confirm_name: f.systemName } }),
  "POST /api/v1/systems/{id}/services": () => ({ body: { name: fresh(), description: "" } }),
  "POST /api/v1/systems/{id}/transfer": (f) => ({ body: { user_id: f.memberId } }),
  "POST /api/v1/systems": () => ({ body: { name: fresh(), description: "" } }),
  "GET /api/v1/templates/{id}/export/helm": (f) => ({ query: { size: f.sizeName } }),
  "GET /api/v1/templates/{id}/export": (f) => ({ query: { size: f.sizeName } }),
  "POST /api/v1/tickets/{id}/cancel": () => ({ body: {} }),
  "POST /api/v1/vms/{id}/console/request": () => ({ body: { reason: "to look", minutes: 5 } }),
  "DELETE /api/v1/vms/{id}": (f) => ({ query: { confirm: "true", confirm_name: f.vmName, reason: "done" } }),
  "POST /api/v1/vms/request": (f) => ({ body: wish(f) }),
  "POST /api/v1/vms": (f) => ({ body: wish(f) }),
  "POST /api/v1/vms/validate": (f) => ({ body: wish(f) }),
};
