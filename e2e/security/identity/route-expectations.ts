import type { Access } from "@/app/_http/current-context";
import type { Permission, ResourceRole } from "@/lib/vocabulary/permissions";

/** Who may pass a route's method; whoever it does not name is refused. */
export type Expectation =
  | { kind: "anyone" }
  /** Whoever is signed in, about themselves; `session` refuses tokens, `carried` asks that a token carries something. */
  | { kind: "self"; access?: Access; session?: true; inView?: true; carried?: Permission }
  /** Rows of one person: for anybody else they do not exist. */
  | { kind: "own"; session?: true }
  /** A list that shows nothing to whoever lacks one of the permissions, in some System or everywhere. */
  | { kind: "list"; anyOf: Permission[]; role?: ResourceRole; owners?: true }
  /** One of the permissions, everywhere or on the furniture's System, with at least the role there. */
  | {
      kind: "permission";
      anyOf: Permission[];
      on: "everywhere" | "system" | "anywhere";
      role?: ResourceRole;
      fresh?: true;
      session?: true;
      /** Whoever asked passes too. */
      owners?: true;
      /** The contract names no permission, because another rule comes first. */
      isUnnoted?: true;
      /** What the one who passes needs beside it, because of what this request is about. */
      beside?: Permission[];
    };

const anyone = { kind: "anyone" } as const;
const self = { kind: "self" } as const;
const own = { kind: "own" } as const;
const everywhere = (...anyOf: Permission[]): Expectation => ({ kind: "permission", anyOf, on: "everywhere" });
const freshly = (...anyOf: Permission[]): Expectation => ({ kind: "permission", anyOf, on: "everywhere", fresh: true });
const onSystem = (permission: Permission, role?: ResourceRole): Expectation => ({
  kind: "permission",
  anyOf: [permission],
  on: "system",
  ...(role ? { role } : {}),
});
const desk = (...anyOf: Permission[]): Expectation => ({ kind: "permission", anyOf, on: "system" });
const asked: Expectation = {
  kind: "permission",
  anyOf: ["ticket:view", "builtin_approval:view"],
  on: "system",
  owners: true,
};
const list = (permission: Permission, role?: ResourceRole): Expectation => ({
  kind: "list",
  anyOf: [permission],
  ...(role ? { role } : {}),
});
const configure: Permission = "auth_provider:configure";
const sync: Permission = "auth_provider:sync";
const providers: Permission = "auth_provider:read";

/** Every method of every route there is: one that is missing here fails the suite. */
export const routeExpectations: Record<string, Expectation> = {
  "GET /api/auth/{...nextauth}": anyone,
  "POST /api/auth/{...nextauth}": anyone,
  "GET /api/health/live": anyone,
  "GET /api/health/ready": anyone,
  "GET /api/metrics": anyone,
  "GET /api/stream": self,
  "DELETE /api/v1/{...path}": anyone,
  "GET /api/v1/{...path}": anyone,
  "PATCH /api/v1/{...path}": anyone,
  "POST /api/v1/{...path}": anyone,
  "PUT /api/v1/{...path}": anyone,
  "GET /api/v1/access/systems": { kind: "self", carried: "system:read" },
  "GET /api/v1/admin/access-reviews": everywhere("rbac:read"),
  "POST /api/v1/admin/access-reviews/confirm": everywhere("rbac:manage"),
  "POST /api/v1/admin/access-reviews/revoke": everywhere("rbac:manage"),
  "POST /api/v1/admin/approvals/{id}/preview": desk("builtin_approval:view"),
  "GET /api/v1/admin/auth-provider-types": everywhere(providers),
  "PUT /api/v1/admin/auth-providers/{id}/claims-mapping": {
    ...{ kind: "permission", anyOf: ["auth_provider:update"], on: "everywhere", fresh: true },
    beside: ["auth_provider:read", "system:read", "service:read", "vm:read"],
  },
  "PATCH /api/v1/admin/auth-providers/{id}/cohort-mappings/{mappingId}": {
    ...{ kind: "permission", anyOf: ["auth_provider:mapping_update"], on: "everywhere", fresh: true },
    beside: ["rbac:manage", "system:read", "service:read", "vm:read"],
  },
  "DELETE /api/v1/admin/auth-providers/{id}/cohort-mappings/{mappingId}": {
    ...{ kind: "permission", anyOf: ["auth_provider:mapping_delete"], on: "everywhere", fresh: true },
    beside: ["rbac:manage", "system:read", "service:read", "vm:read"],
  },
  "POST /api/v1/admin/auth-providers/{id}/cohort-mappings/preview": everywhere(providers),
  "GET /api/v1/admin/auth-providers/{id}/cohort-mappings": everywhere(providers),
  "POST /api/v1/admin/auth-providers/{id}/cohort-mappings": {
    ...{ kind: "permission", anyOf: ["auth_provider:mapping_create"], on: "everywhere", fresh: true },
    beside: ["rbac:manage", "system:read", "service:read", "vm:read"],
  },
  "GET /api/v1/admin/auth-providers/{id}/cohorts": everywhere(providers),
  "POST /api/v1/admin/auth-providers/{id}/cohorts/sync": everywhere(sync),
  "GET /api/v1/admin/auth-providers/{id}/directory/descriptor": everywhere(sync),
  "GET /api/v1/admin/auth-providers/{id}/directory/jobs": everywhere(providers),
  "POST /api/v1/admin/auth-providers/{id}/directory/preview": everywhere(sync),
  "POST /api/v1/admin/auth-providers/{id}/directory/sync": everywhere(sync),
  "PUT /api/v1/admin/auth-providers/{id}/enabled": freshly("auth_provider:update"),
  "GET /api/v1/admin/auth-providers/{id}": everywhere(providers),
  "PATCH /api/v1/admin/auth-providers/{id}": {
    ...{ kind: "permission", anyOf: ["auth_provider:update"], on: "everywhere", fresh: true },
    beside: ["auth_provider:read"],
  },
  "DELETE /api/v1/admin/auth-providers/{id}": freshly("auth_provider:delete"),
  "GET /api/v1/admin/auth-providers/{id}/sample": everywhere(sync),
  "POST /api/v1/admin/auth-providers/{id}/sample": everywhere(sync),
  "POST /api/v1/admin/auth-providers/{id}/test-connection": everywhere(configure),
  "POST /api/v1/admin/auth-providers/read-metadata": everywhere(configure),
  "GET /api/v1/admin/auth-providers": everywhere(providers),
  "POST /api/v1/admin/auth-providers": {
    ...{ kind: "permission", anyOf: [configure], on: "everywhere", fresh: true },
    beside: [providers],
  },
  "POST /api/v1/admin/auth-providers/test-connection": everywhere(configure),
  "PUT /api/v1/admin/clusters/{id}/credentials": freshly("cluster:write"),
  "POST /api/v1/admin/clusters/{id}/detect": everywhere("cluster:write"),
  "GET /api/v1/admin/clusters/{id}/policy": everywhere("cluster:read"),
  "PUT /api/v1/admin/clusters/{id}/policy": {
    ...{ kind: "permission", anyOf: ["cluster:write"], on: "everywhere" },
    beside: ["cluster:read"],
  },
  "GET /api/v1/admin/clusters/{id}": everywhere("cluster:read"),
  "PATCH /api/v1/admin/clusters/{id}": {
    ...{ kind: "permission", anyOf: ["cluster:write"], on: "everywhere" },
    beside: ["cluster:read"],
  },
  "DELETE /api/v1/admin/clusters/{id}": everywhere("cluster:write"),
  "PUT /api/v1/admin/clusters/{id}/storage-classes/default": everywhere("cluster:write"),
  "GET /api/v1/admin/clusters/{id}/storage-classes": everywhere("cluster:read"),
  "GET /api/v1/admin/clusters": everywhere("cluster:read"),
  "POST /api/v1/admin/clusters": {
    ...{ kind: "permission", anyOf: ["cluster:write"], on: "everywhere", fresh: true },
    beside: ["cluster:read"],
  },
  "GET /api/v1/admin/config": everywhere("platform:admin"),
  "GET /api/v1/admin/config/revisions": everywhere("platform:admin"),
  "PUT /api/v1/admin/config": freshly("platform:admin"),
  "PATCH /api/v1/admin/environments/{name}": everywhere("platform:admin"),
  "DELETE /api/v1/admin/environments/{name}": everywhere("platform:admin"),
  "GET /api/v1/admin/environments": everywhere("platform:admin"),
  "POST /api/v1/admin/environments": everywhere("platform:admin"),
  "GET /api/v1/admin/namespaces/{id}": {
    ...{ kind: "permission", anyOf: ["namespace:read", "vm:read"], on: "anywhere" },
  },
  "PATCH /api/v1/admin/namespaces/{id}": {
    ...{ kind: "permission", anyOf: ["namespace:write"], on: "everywhere" },
    beside: ["namespace:read"],
  },
  "DELETE /api/v1/admin/namespaces/{id}": everywhere("namespace:write"),
  "GET /api/v1/admin/namespaces": { kind: "list", anyOf: ["namespace:read", "vm:read"] },
  "POST /api/v1/admin/namespaces": {
    ...{ kind: "permission", anyOf: ["namespace:write"], on: "everywhere" },
    beside: ["namespace:read"],
  },
  "GET /api/v1/admin/permissions": everywhere("rbac:read"),
  "GET /api/v1/admin/roles/{id}/role-bindings": everywhere("rbac:read"),
  "GET /api/v1/admin/roles/{id}": everywhere("rbac:read"),
  "PATCH /api/v1/admin/roles/{id}": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere" },
    beside: ["vm:read"],
  },
  "DELETE /api/v1/admin/roles/{id}": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere" },
    beside: ["vm:read"],
  },
  "GET /api/v1/admin/roles": everywhere("rbac:read"),
  "POST /api/v1/admin/roles": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere" },
    beside: ["vm:read"],
  },
  "DELETE /api/v1/admin/service-accounts/{id}/tokens/{tokenId}": everywhere("user:manage"),
  "GET /api/v1/admin/service-accounts/{id}/tokens": everywhere("user:manage"),
  "POST /api/v1/admin/service-accounts/{id}/tokens": {
    ...{ kind: "permission", anyOf: ["user:manage"], on: "everywhere", fresh: true },
    beside: ["system:read", "service:read", "vm:read"],
  },
  "GET /api/v1/admin/service-accounts": everywhere("user:manage"),
  "POST /api/v1/admin/service-accounts": everywhere("user:manage"),
  "POST /api/v1/admin/users/{id}/disable": everywhere("user:manage"),
  "POST /api/v1/admin/users/{id}/enable": everywhere("user:manage"),
  "DELETE /api/v1/admin/users/{id}/mfa": freshly("user:manage"),
  "POST /api/v1/admin/users/{id}/reset-password": freshly("user:manage"),
  "PATCH /api/v1/admin/users/{id}/role-bindings/{bindingId}": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere" },
    beside: ["system:read", "service:read", "vm:read"],
  },
  "DELETE /api/v1/admin/users/{id}/role-bindings/{bindingId}": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere" },
    beside: ["system:read", "service:read", "vm:read"],
  },
  "GET /api/v1/admin/users/{id}/role-bindings": everywhere("rbac:read"),
  "POST /api/v1/admin/users/{id}/role-bindings": {
    ...{ kind: "permission", anyOf: ["rbac:manage"], on: "everywhere", fresh: true },
    beside: ["vm:read"],
  },
  "GET /api/v1/admin/users/{id}": everywhere("user:manage"),
  "PATCH /api/v1/admin/users/{id}": everywhere("user:manage"),
  "DELETE /api/v1/admin/users/{id}/sessions/{sessionId}": everywhere("user:manage"),
  "GET /api/v1/admin/users/{id}/sessions": everywhere("user:manage"),
  "DELETE /api/v1/admin/users/{id}/tokens/{tokenId}": everywhere("user:manage"),
  "GET /api/v1/admin/users/{id}/tokens": everywhere("user:manage"),
  "GET /api/v1/admin/users": everywhere("user:manage"),
  "POST /api/v1/admin/users": everywhere("user:manage"),
  "GET /api/v1/audit-logs": everywhere("audit:read"),
  "POST /api/v1/auth/change-password": { kind: "self", access: "before-password-change", session: true },
  "POST /api/v1/auth/login": anyone,
  "POST /api/v1/auth/logout": { kind: "self", access: "signing-in", inView: true },
  "GET /api/v1/auth/me": { kind: "self", access: "signing-in" },
  "POST /api/v1/auth/mfa/disable": { kind: "self", session: true },
  "POST /api/v1/auth/mfa/enroll/confirm": { kind: "self", access: "before-mfa-enrollment", session: true },
  "POST /api/v1/auth/mfa/enroll": { kind: "self", access: "before-mfa-enrollment", session: true },
  "POST /api/v1/auth/mfa/passkeys/options": { kind: "self", access: "before-mfa-enrollment" },
  "POST /api/v1/auth/mfa/passkeys": { kind: "self", access: "before-mfa-enrollment", session: true },
  "POST /api/v1/auth/mfa/recovery": { kind: "self", session: true },
  "GET /api/v1/auth/mfa": { kind: "self", access: "before-mfa-enrollment" },
  "POST /api/v1/auth/mfa/verify/options": { kind: "self", access: "signing-in", session: true },
  "POST /api/v1/auth/mfa/verify": { kind: "self", access: "signing-in", session: true },
  "GET /api/v1/auth/preferences/{key}": self,
  "PUT /api/v1/auth/preferences/{key}": self,
  "POST /api/v1/auth/providers/{id}/backchannel-logout": anyone,
  "GET /api/v1/auth/providers/{id}/callback": anyone,
  "POST /api/v1/auth/providers/{id}/callback": anyone,
  "GET /api/v1/auth/providers/{id}/login/start": anyone,
  "POST /api/v1/auth/providers/{id}/login/start": anyone,
  "POST /api/v1/auth/providers/{id}/login/submit": anyone,
  "GET /api/v1/auth/providers/{id}/metadata": anyone,
  "GET /api/v1/auth/providers": anyone,
  "DELETE /api/v1/auth/sessions/{id}": { kind: "own", session: true },
  "GET /api/v1/auth/sessions": self,
  "DELETE /api/v1/auth/sessions": { kind: "self", session: true },
  "POST /api/v1/auth/set-password/link": anyone,
  "POST /api/v1/auth/set-password": anyone,
  "POST /api/v1/auth/view-as": {
    ...{ kind: "permission", anyOf: ["platform:admin"], on: "everywhere", fresh: true, session: true },
  },
  "DELETE /api/v1/auth/view-as": { kind: "self", inView: true },
  "POST /api/v1/builtin-approval/tasks/{id}/approve": desk("builtin_approval:approve"),
  "POST /api/v1/builtin-approval/tasks/{id}/reject": desk("builtin_approval:approve"),
  "GET /api/v1/builtin-approval/tasks/{id}": desk("builtin_approval:view"),
  "GET /api/v1/builtin-approval/tasks": list("builtin_approval:view"),
  "GET /api/v1/clusters/{id}/namespaces/{name}/exists": everywhere("cluster:read"),
  "GET /api/v1/events/{id}": asked,
  "GET /api/v1/instance-sizes": everywhere("vm:read"),
  "DELETE /api/v1/me/api-tokens/{id}": { kind: "own", session: true },
  "GET /api/v1/me/api-tokens": self,
  "POST /api/v1/me/api-tokens": { kind: "self", session: true },
  "GET /api/v1/me/permissions": self,
  "GET /api/v1/namespaces": list("vm:read"),
  "PATCH /api/v1/notifications/{id}/read": own,
  "POST /api/v1/notifications/mark-all-read": self,
  "GET /api/v1/notifications": self,
  "GET /api/v1/notifications/unread-count": self,
  "GET /api/v1/openapi.json": anyone,
  "GET /api/v1/services/{id}": onSystem("service:read", "viewer"),
  "PATCH /api/v1/services/{id}": onSystem("service:create", "admin"),
  "DELETE /api/v1/services/{id}": onSystem("service:delete", "admin"),
  "GET /api/v1/services": list("service:read", "viewer"),
  "POST /api/v1/systems/{id}/access-requests": {
    ...{ kind: "permission", anyOf: ["system:read"], on: "system", role: "viewer" },
    isUnnoted: true,
  },
  "POST /api/v1/systems/{id}/access-review/confirm": onSystem("system:read", "admin"),
  "POST /api/v1/systems/{id}/access-review/revoke": onSystem("system:read", "admin"),
  "GET /api/v1/systems/{id}/access-review": onSystem("system:read", "admin"),
  "GET /api/v1/systems/{id}/member-candidates": onSystem("system:read", "admin"),
  "PATCH /api/v1/systems/{id}/members/{userId}": onSystem("system:read", "admin"),
  "DELETE /api/v1/systems/{id}/members/{userId}": onSystem("system:read", "admin"),
  "GET /api/v1/systems/{id}/members": onSystem("system:read", "viewer"),
  "POST /api/v1/systems/{id}/members": onSystem("system:read", "admin"),
  "GET /api/v1/systems/{id}": onSystem("system:read", "viewer"),
  "PATCH /api/v1/systems/{id}": onSystem("system:write", "admin"),
  "DELETE /api/v1/systems/{id}": onSystem("system:delete", "owner"),
  "GET /api/v1/systems/{id}/services": list("service:read", "viewer"),
  "POST /api/v1/systems/{id}/services": onSystem("service:create", "member"),
  "POST /api/v1/systems/{id}/transfer": onSystem("system:read", "owner"),
  "GET /api/v1/systems": list("system:read", "viewer"),
  "POST /api/v1/systems": everywhere("system:write"),
  "GET /api/v1/templates": everywhere("vm:read"),
  "POST /api/v1/tickets/{id}/cancel": own,
  "GET /api/v1/tickets/{id}": asked,
  "GET /api/v1/tickets": { kind: "list", anyOf: ["ticket:view"], owners: true },
  "POST /api/v1/vms/{id}/console/request": onSystem("vnc:access", "member"),
  "GET /api/v1/vms/{id}/console/status": onSystem("vnc:access", "member"),
  "DELETE /api/v1/vms/{id}/console/tokens/{jti}": everywhere("platform:admin"),
  "GET /api/v1/vms/{id}/manifest": everywhere("platform:admin"),
  "POST /api/v1/vms/{id}/restart": onSystem("vm:operate", "member"),
  "GET /api/v1/vms/{id}": onSystem("vm:read", "viewer"),
  "DELETE /api/v1/vms/{id}": onSystem("vm:delete", "admin"),
  "POST /api/v1/vms/{id}/start": onSystem("vm:operate", "member"),
  "POST /api/v1/vms/{id}/stop": onSystem("vm:operate", "member"),
  "GET /api/v1/vms": list("vm:read", "viewer"),
  "POST /api/v1/vms/request": onSystem("vm:create", "member"),
  "POST /api/v1/vms": onSystem("vm:create", "member"),
  "POST /api/v1/vms/validate": onSystem("vm:create", "member"),
};
