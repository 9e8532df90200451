import type { Permission } from "./permissions";

/** Permissions by what they are about, in the order in which a role is put together. */
export const permissionGroups = {
  systems: [
    "system:read",
    "system:write",
    "system:delete",
    "service:read",
    "service:create",
    "service:delete",
  ],
  machines: ["vm:read", "vm:create", "vm:operate", "vm:delete", "vnc:access"],
  approvals: ["builtin_approval:view", "builtin_approval:approve", "ticket:view", "emergency:use"],
  clusters: ["cluster:read", "cluster:write", "namespace:read", "namespace:write"],
  catalogue: ["template:read", "template:write", "instance_size:read", "instance_size:write"],
  people: ["user:manage", "rbac:read", "rbac:manage"],
  sign_in: [
    "auth_provider:read",
    "auth_provider:configure",
    "auth_provider:update",
    "auth_provider:delete",
    "auth_provider:sync",
    "auth_provider:mapping_create",
    "auth_provider:mapping_update",
    "auth_provider:mapping_delete",
  ],
  operation: ["rate_limit:manage", "audit:read", "observability:read", "platform:admin"],
} as const satisfies Record<string, readonly Permission[]>;
