/** Every permission a role may carry (spec §3). There are no wildcards. */
export const permissions = [
  "system:read",
  "system:write",
  "system:delete",
  "service:read",
  "service:create",
  "service:delete",
  "vm:read",
  "vm:create",
  "vm:operate",
  "vm:delete",
  "vnc:access",
  "builtin_approval:view",
  "builtin_approval:approve",
  "ticket:view",
  "emergency:use",
  "cluster:read",
  "cluster:write",
  "template:read",
  "template:write",
  "instance_size:read",
  "instance_size:write",
  "namespace:read",
  "namespace:write",
  "auth_provider:read",
  "auth_provider:configure",
  "auth_provider:update",
  "auth_provider:delete",
  "auth_provider:sync",
  "auth_provider:mapping_create",
  "auth_provider:mapping_update",
  "auth_provider:mapping_delete",
  "user:manage",
  "rbac:read",
  "rbac:manage",
  "rate_limit:manage",
  "audit:read",
  "observability:read",
  "platform:admin",
] as const;

export type Permission = (typeof permissions)[number];

/** The one constant that passes every check. */
export const platformAdmin: Permission = "platform:admin";

/** What a person can be on a System, strongest first. */
export const resourceRoles = ["owner", "admin", "member", "viewer"] as const;
export type ResourceRole = (typeof resourceRoles)[number];
