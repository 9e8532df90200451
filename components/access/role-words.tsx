import { useTranslations } from "next-intl";
import type { Permission } from "@/lib/vocabulary/permissions";

interface NamedRole {
  id: string;
  displayName: string;
}

/** Built-in roles are named in the reader's language, the others as somebody named them. */
export function useRoleName(): (role: NamedRole) => string {
  const t = useTranslations("access");
  return ({ id, displayName }) => (t.has(`builtIn.${id}.name`) ? t(`builtIn.${id}.name`) : displayName);
}

export function useRoleDescription(): (role: { id: string; description: string }) => string {
  const t = useTranslations("access");
  return ({ id, description }) =>
    t.has(`builtIn.${id}.description`) ? t(`builtIn.${id}.description`) : description;
}

/** What a permission lets people do, in words. */
export function usePermissionText(): (permission: Permission) => string {
  const t = useTranslations("access.permission");
  return (permission) => t(permission.replace(":", "_"));
}
