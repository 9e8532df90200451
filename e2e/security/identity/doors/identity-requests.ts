import type { Furniture } from "./furnish-system";
import { fresh, type Requests } from "./request-table";

const grant = { role_id: "role-viewer", environments: ["test"] };
const oidc = { auth_type: "oidc", config: { issuer: "https://sign-in.example", client_id: "portal" } };
const binding = (f: Furniture) => ({ kind: "role", id: f.accountBindingId });

/** What is right to ask of the doors of accounts, roles and sign-in. */
export const identityRequests: Requests = {
  "POST /api/v1/admin/access-reviews/confirm": (f) => ({ body: binding(f) }),
  "POST /api/v1/admin/access-reviews/revoke": (f) => ({ body: binding(f) }),
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
  "PATCH /api/v1/admin/roles/{id}": () => ({ body: { description: "changed" } }),
  "DELETE /api/v1/admin/roles/{id}": () => ({ query: { confirm: "true" } }),
  "POST /api/v1/admin/roles": () => ({
    body: { name: fresh(), display_name: "New", permissions: ["vm:read"] },
  }),
  "POST /api/v1/admin/service-accounts/{id}/tokens": () => ({ body: { name: "ci" } }),
  "POST /api/v1/admin/service-accounts": () => ({ body: { username: fresh(), display_name: "New" } }),
  "DELETE /api/v1/admin/users/{id}/mfa": () => ({ query: { reason: "lost" } }),
  "PATCH /api/v1/admin/users/{id}/role-bindings/{bindingId}": () => ({ body: { environments: ["test"] } }),
  "POST /api/v1/admin/users/{id}/role-bindings": (f) => ({
    body: { role_id: f.roleId, environments: ["test"] },
  }),
  "PATCH /api/v1/admin/users/{id}": () => ({ body: { display_name: "Renamed" } }),
  "POST /api/v1/admin/users": () => ({ body: { username: fresh(), display_name: "New" } }),
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
  "POST /api/v1/me/api-tokens": () => ({ body: { name: "ci" } }),
};
