import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import type { Sent } from "./call-door";
import type { Furniture } from "./furnish-system";
import { parametersOf } from "./list-doors";
import { policyRequests } from "./policy-requests";

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
  [/\/replays\/\{id\}/, "replayId"],
  [/\/approval-policies\/\{id\}/, "policyId"],
  [/\/external-approval-systems\/\{id\}/, "deskId"],
  [/\/deliveries\/\{deliveryId\}/, "deskDeliveryId"],
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
  [/\/notification-channels\/\{id\}/, "channelId"],
  [/\/notification-deliveries\/\{id\}/, "deliveryId"],
  [/\/services\/\{id\}/, "serviceId"],
  [/\/systems\/\{id\}/, "systemId"],
  [/\/emergencies\/\{id\}/, "emergencyId"],
  [/\/vms\/batch\/\{id\}/, "batchId"],
  [/\/rate-limits\/exemptions\/\{id\}/, "accountId"],
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
  if (path.includes("/notification-templates/")) return name === "locale" ? "en" : "VM_EXPIRY";
  if (name === "entity") return "instance_size";
  const place = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2);
  if (/\/change-(windows|freezes)\/\{id\}$|\/calendar\/\{feed\}$/.test(place)) return "unknown";
  if (place.endsWith("/reject-reasons/{id}")) return "reject-reason-size";
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

const aWindow = {
  ...{ name: "Nightly", weekdays: [1], starts_at: "22:00", duration_minutes: 60, time_zone: "UTC" },
};
const aFreeze = {
  ...{ reason: "Year end", starts_at: "2030-12-20T00:00:00Z", ends_at: "2031-01-04T00:00:00Z" },
};
const aRoom = (f: Furniture) => ({ system_id: f.systemId, environment: "test" });
const noLimits = { vms: null, cpu_cores: null, memory_gi: null, disk_gb: null, gpus: null };

const aChannel = { name: "ops", locale: "en" };
const aDigest = { digest: "off", digest_hour: 8, digest_weekday: 1, time_zone: "UTC", locale: "en" };
const someWords = { subject: "{vm} ends", body: "{link}" };
const aMailServer = {
  ...{ host: "127.0.0.1", port: 2525, security: "none", from_address: "shepherd@example.org" },
  ...{ from_name: "Shepherd", version: 0 },
};

const aDesk = { type: "webhook", webhook_url: "https://desk.example/approvals" };

const requests: Record<string, (furniture: Furniture) => Filled> = {
  "POST /api/v1/admin/external-approval-systems": () => ({ body: { ...aDesk, name: fresh() } }),
  "PUT /api/v1/admin/external-approval-systems/{id}": () => ({
    body: { ...aDesk, name: fresh(), version: 1 },
  }),
  "DELETE /api/v1/admin/external-approval-systems/{id}": (f) => ({
    query: { confirm_name: `desk ${f.canary}` },
  }),
  "POST /api/v1/admin/external-approval-systems/{id}/rotate": () => ({ body: { secret: "signing_key" } }),
  "PUT /api/v1/admin/external-approval-systems/{id}/enabled": () => ({ body: { enabled: true } }),
  "POST /api/v1/admin/external-approval-systems/tickets/{id}/take-back": () => ({ body: {} }),
  "PUT /api/v1/me/notice-preferences": () => ({ body: aDigest }),
  "PUT /api/v1/admin/mail-settings": () => ({ body: aMailServer }),
  "POST /api/v1/admin/notification-channels": () => ({
    body: { ...aChannel, name: fresh(), medium: "webhook", address: "https://hooks.example/in" },
  }),
  "PUT /api/v1/admin/notification-channels/{id}": () => ({
    body: { ...aChannel, name: fresh(), version: 1 },
  }),
  "PUT /api/v1/admin/notification-templates/{name}/{locale}": () => ({ body: { ...someWords, version: 0 } }),
  "POST /api/v1/admin/notification-templates/{name}/{locale}/preview": () => ({ body: someWords }),
  "PUT /api/v1/admin/quotas": (f) => ({ body: { ...aRoom(f), ...noLimits } }),
  "DELETE /api/v1/admin/quotas": (f) => ({ query: aRoom(f) }),
  "POST /api/v1/admin/change-windows": () => ({ body: { ...aWindow, environment: "test", name: fresh() } }),
  "PUT /api/v1/admin/change-windows/{id}": () => ({ body: aWindow }),
  "POST /api/v1/admin/change-freezes": () => ({ body: { ...aFreeze, environment: "test" } }),
  "PUT /api/v1/admin/change-freezes/{id}": () => ({ body: aFreeze }),
  "GET /api/v1/calendar": () => ({ query: { from: "2030-01-01T00:00:00Z", to: "2030-02-01T00:00:00Z" } }),
  "POST /api/v1/systems/{id}/quota-increases": () => ({
    body: { environment: "test", vms: 10, reason: "More" },
  }),
  "POST /api/v1/emergencies": (f) => ({
    body: { system_id: f.systemId, environment: "test", reason: "The shop is down", minutes: 15 },
  }),
  "POST /api/v1/emergencies/{id}/review": () => ({
    body: { verdict: "justified", comment: "The log shows the outage" },
  }),
  "POST /api/v1/vms/{id}/lifetime/extend": () => ({ body: { days: 1 } }),
  "POST /api/v1/vms/{id}/lifetime/request-extension": () => ({ body: { days: 90, reason: "A long test" } }),
  "PUT /api/v1/vms/{id}/protection": () => ({ body: { protected: true } }),
  "PUT /api/v1/vms/{id}/schedule": () => ({
    body: { time_zone: "UTC", entries: [{ action: "stop", weekdays: [1], time: "19:00" }] },
  }),
  "POST /api/v1/vms/{id}/schedule/pause": () => ({ body: { until: null } }),
  "POST /api/v1/admin/access-reviews/confirm": (f) => ({ body: binding(f) }),
  "POST /api/v1/admin/access-reviews/revoke": (f) => ({ body: binding(f) }),
  ...policyRequests,
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
  "PUT /api/v1/admin/environments/{name}/lifetime": () => ({
    body: { default_days: 30, longest_days: 90, grace_days: 7 },
  }),
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
  "POST /api/v1/builtin-approval/tasks/{id}/request-information": () => ({ body: { question: "Why?" } }),
  "POST /api/v1/tickets/{id}/cancel": () => ({ body: {} }),
  "POST /api/v1/tickets/{id}/comments": () => ({ body: { body: "Hello" } }),
  "POST /api/v1/tickets/{id}/resubmit": () => ({ body: { answer: "Because" } }),
  "POST /api/v1/admin/reject-reasons": () => ({ body: { text_en: "No", text_zh: "不" } }),
  "PUT /api/v1/admin/reject-reasons/{id}": () => ({ body: { text_en: "No", text_zh: "不" } }),
  "POST /api/v1/vms/{id}/console/request": () => ({ body: { reason: "to look", minutes: 5 } }),
  "DELETE /api/v1/vms/{id}": (f) => ({ query: { confirm: "true", confirm_name: f.vmName, reason: "done" } }),
  "POST /api/v1/vms/request": (f) => ({ body: wish(f) }),
  "POST /api/v1/approvals/batch": (f) => ({ body: { items: [{ ticket_id: f.ticketId }] } }),
  "POST /api/v1/admin/rate-limits/exemptions": (f) => ({
    body: { user_id: f.accountId, days: 1, reason: "a migration" },
  }),
  "PUT /api/v1/admin/rate-limits/users/{id}": () => ({ body: { cooldown_seconds: 60, reason: "their job" } }),
  "POST /api/v1/vms/batch": (f) => {
    const { reason, ...item } = wish(f);
    return { body: { operation: "CREATE", reason, items: [item] } };
  },
  "POST /api/v1/vms/batch/power": (f) => ({
    body: { items: [{ vm_id: f.vmId, operation: "RESTART_VM" }] },
  }),
  "POST /api/v1/vms/batch/{id}/approve": () => ({ body: {} }),
  "POST /api/v1/vms/batch/{id}/reject": () => ({ body: { reason: "no" } }),
  "POST /api/v1/vms": (f) => ({ body: wish(f) }),
  "POST /api/v1/vms/validate": (f) => ({ body: wish(f) }),
};
