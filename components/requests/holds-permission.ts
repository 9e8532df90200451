import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";

/** For what a page offers; what it does is decided again where it happens. */
export function holdsPermission(held: readonly Permission[], permission: Permission): boolean {
  return held.includes(permission) || held.includes(platformAdmin);
}
