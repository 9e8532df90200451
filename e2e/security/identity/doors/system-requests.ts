import type { Furniture } from "./furnish-system";
import { fresh, type Requests } from "./request-table";

/** What a request for a machine of the furniture says. */
export const wish = (f: Furniture) => ({
  service_id: f.serviceId,
  template_id: f.templateId,
  instance_size_id: f.sizeId,
  namespace: f.namespaceName,
  reason: "A cache",
});
const member = (f: Furniture) => ({ kind: "member", id: f.memberBindingId });

/** What is right to ask of the doors of Systems, services and machines. */
export const systemRequests: Requests = {
  "POST /api/v1/recordings/{id}/export": () => ({ body: { reason: "an incident" } }),
  "POST /api/v1/views": () => ({ body: { name: fresh(), query: "status:running" } }),
  "PATCH /api/v1/views/{id}": () => ({ body: { name: fresh() } }),
  "GET /api/v1/vms/search-values": () => ({ query: { key: "system" } }),
  "POST /api/v1/vms/{id}/drift": () => ({ body: { reason: "as it should be" } }),
  "POST /api/v1/vms/{id}/modify-preview": () => ({ body: { disk_gb: 30 } }),
  "POST /api/v1/vms/{id}/modify-request": () => ({ body: { disk_gb: 30, reason: "more room" } }),
  "POST /api/v1/vms/{id}/snapshots": () => ({ body: { label: "before" } }),
  "POST /api/v1/vms/{id}/clone": (f) => ({ body: { namespace: f.namespaceName, reason: "a second one" } }),
  "POST /api/v1/snapshots/{id}/restore": () => ({ body: { reason: "as it was" } }),
  "POST /api/v1/vms/{id}/lifetime/extend": () => ({ body: { days: 1 } }),
  "POST /api/v1/vms/{id}/lifetime/request-extension": () => ({ body: { days: 90, reason: "A long test" } }),
  "PUT /api/v1/vms/{id}/protection": () => ({ body: { protected: true } }),
  "PUT /api/v1/vms/{id}/schedule": () => ({
    body: { time_zone: "UTC", entries: [{ action: "stop", weekdays: [1], time: "19:00" }] },
  }),
  "POST /api/v1/vms/{id}/schedule/pause": () => ({ body: { until: null } }),
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
  "POST /api/v1/vms/{id}/console/request": () => ({ body: { reason: "to look", minutes: 5 } }),
  "POST /api/v1/vms/{id}/console/asks": (f) => ({ body: { jti: f.consoleJti } }),
  "PUT /api/v1/vms/{id}/console/asks/{askId}": () => ({ body: { verdict: "decline" } }),
  "POST /api/v1/console-sessions/{jti}/revoke": () => ({ body: { reason: "maintenance" } }),
  "DELETE /api/v1/vms/{id}": (f) => ({ query: { confirm: "true", confirm_name: f.vmName, reason: "done" } }),
  "POST /api/v1/vms/request": (f) => ({ body: wish(f) }),
  "POST /api/v1/vms": (f) => ({ body: wish(f) }),
  "POST /api/v1/vms/validate": (f) => ({ body: wish(f) }),
};
