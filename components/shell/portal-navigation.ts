import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import type { IconName } from "./icons";
import type { NavigationGroup, NavigationItem } from "./navigation";

interface Entry {
  key: string;
  href: string;
  icon: IconName;
  group: NavigationGroup;
  also?: readonly string[];
  shortcut?: string;
  /** Shown to whoever holds it; the page decides again. */
  permission?: Permission;
  orPermission?: Permission;
}

const entries: readonly Entry[] = [
  { key: "home", href: "/", icon: "home", group: "portal", shortcut: "h" },
  { key: "vms", href: "/vms", icon: "vms", group: "portal", shortcut: "v" },
  { key: "systems", href: "/systems", also: ["/services"], icon: "systems", group: "portal", shortcut: "s" },
  { key: "requests", href: "/requests", icon: "requests", group: "portal", shortcut: "r" },
  { key: "batches", href: "/batches", icon: "batches", group: "portal" },
  { key: "calendar", href: "/calendar", icon: "calendar", group: "portal" },
  { key: "inbox", href: "/inbox", icon: "inbox", group: "portal", shortcut: "i" },
  {
    key: "approvals",
    href: "/approvals",
    icon: "approvals",
    group: "approvals",
    shortcut: "a",
    permission: "builtin_approval:view",
  },
  {
    key: "emergencies",
    href: "/emergencies",
    icon: "emergencies",
    group: "approvals",
    permission: "emergency:use",
    orPermission: "builtin_approval:approve",
  },
  { key: "clusters", href: "/admin/clusters", icon: "clusters", group: "admin", permission: "cluster:read" },
  {
    key: "namespaces",
    href: "/admin/namespaces",
    icon: "namespaces",
    group: "admin",
    permission: "namespace:read",
  },
  {
    key: "templates",
    href: "/admin/templates",
    icon: "templates",
    group: "admin",
    permission: "template:read",
  },
  { key: "sizes", href: "/admin/sizes", icon: "sizes", group: "admin", permission: "instance_size:read" },
  { key: "images", href: "/admin/images", icon: "images", group: "admin", permission: "template:read" },
  {
    key: "adoptions",
    href: "/admin/adoptions",
    icon: "adoptions",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "environments",
    href: "/admin/environments",
    icon: "environments",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "quotas",
    href: "/admin/quotas",
    icon: "quotas",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "changeCalendar",
    href: "/admin/calendar",
    icon: "calendar",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "policies",
    href: "/admin/policies",
    icon: "policies",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "workflows",
    href: "/admin/workflows",
    icon: "workflows",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "rejectReasons",
    href: "/admin/reject-reasons",
    icon: "rejectReasons",
    group: "admin",
    permission: "platform:admin",
  },
  { key: "desks", href: "/admin/desks", icon: "desks", group: "admin", permission: "platform:admin" },
  {
    key: "users",
    href: "/admin/users",
    also: ["/admin/service-accounts"],
    icon: "users",
    group: "admin",
    permission: "user:manage",
  },
  { key: "roles", href: "/admin/roles", icon: "roles", group: "admin", permission: "rbac:read" },
  {
    key: "identity",
    href: "/admin/identity",
    icon: "identity",
    group: "admin",
    permission: "auth_provider:read",
  },
  { key: "access", href: "/admin/access", icon: "access", group: "admin", permission: "rbac:manage" },
  { key: "limits", href: "/admin/limits", icon: "limits", group: "admin", permission: "rate_limit:manage" },
  {
    key: "consoles",
    href: "/admin/consoles",
    icon: "consoles",
    group: "admin",
    permission: "platform:admin",
  },
  { key: "recordings", href: "/recordings", icon: "recordings", group: "admin", permission: "audit:read" },
  { key: "audit", href: "/admin/audit", icon: "audit", group: "admin", permission: "audit:read" },
  {
    key: "notices",
    href: "/admin/notices",
    icon: "notices",
    group: "admin",
    permission: "platform:admin",
  },
  {
    key: "settings",
    href: "/admin/settings",
    icon: "settings",
    group: "admin",
    permission: "platform:admin",
  },
];

interface Facts {
  permissions: readonly Permission[];
  unread: number;
  waiting: number;
  label: (key: string) => string;
}

/** What this person's navigation offers, with how many wait where. */
export function portalNavigation({ permissions, unread, waiting, label }: Facts): NavigationItem[] {
  const counts: Record<string, number> = { inbox: unread, approvals: waiting };
  return (
    entries
      // Who keeps a System decides on access to it without holding a permission to decide.
      .filter(
        ({ key, permission, orPermission }) =>
          permission === undefined ||
          holds(permissions, permission) ||
          (orPermission !== undefined && holds(permissions, orPermission)) ||
          (key === "approvals" && waiting > 0),
      )
      .map(({ key, href, also, icon, group, shortcut }) => ({
        href,
        also,
        icon,
        group,
        shortcut,
        label: label(key),
        badge: counts[key],
      }))
  );
}

function holds(permissions: readonly Permission[], permission: Permission): boolean {
  return permissions.includes(permission) || permissions.includes(platformAdmin);
}
