import type { Permission } from "./permissions";

interface BuiltInRole {
  id: string;
  displayName: string;
  description: string;
  permissions: readonly Permission[];
}

const engineerPermissions = [
  "system:read",
  "system:write",
  "service:create",
  "service:read",
  "vm:read",
  "vm:create",
  "vm:operate",
  "vm:delete",
  "vnc:access",
] as const;

/** Immutable; the seed writes and repairs them (spec §3). */
export const builtInRoles: readonly BuiltInRole[] = [
  {
    id: "role-platform-admin",
    displayName: "Platform administrator",
    description: "May do everything, everywhere.",
    permissions: ["platform:admin"],
  },
  {
    id: "role-approval-admin",
    displayName: "Approver",
    description: "Decides requests and sees what they are about.",
    permissions: [
      "builtin_approval:view",
      "builtin_approval:approve",
      "ticket:view",
      "vm:read",
      "system:read",
      "service:read",
    ],
  },
  {
    id: "role-development-engineer",
    displayName: "Development engineer",
    description: "Owns systems, asks for virtual machines and works on them.",
    permissions: engineerPermissions,
  },
  {
    id: "role-test-engineer",
    displayName: "Test engineer",
    description: "Owns systems, asks for virtual machines and works on them.",
    permissions: engineerPermissions,
  },
  {
    id: "role-system-operator",
    displayName: "System operator",
    description: "Operates systems, asks for virtual machines and works on them.",
    permissions: engineerPermissions,
  },
  {
    id: "role-emergency-operator",
    displayName: "Emergency operator",
    description: "Breaks the glass: acts for some minutes without being asked, and is reviewed afterwards.",
    permissions: [
      "emergency:use",
      "system:read",
      "service:read",
      "vm:read",
      "vm:create",
      "vm:operate",
      "vm:delete",
      "vnc:access",
    ],
  },
  {
    id: "role-viewer",
    displayName: "Viewer",
    description: "Looks and changes nothing.",
    permissions: ["system:read", "service:read", "vm:read"],
  },
];
