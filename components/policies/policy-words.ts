import { useTranslations } from "next-intl";
import { useRoleName } from "@/components/access/role-words";
import { resourceRoles } from "@/lib/vocabulary/permissions";

/** An operation in words; one that this version does not know keeps its own name. */
export function useOperationName(): (operation: string) => string {
  const t = useTranslations("policies.operation");
  return (operation) => (t.has(operation) ? t(operation) : operation);
}

/** What a rule asks of its requester: a place on the System, or a role. */
export function useRequesterName(): (id: string, displayName: string | null) => string {
  const t = useTranslations("policies");
  const roleName = useRoleName();
  return (id, displayName) => {
    if (resourceRoles.some((role) => role === id)) return t(`systemRole.${id}`);
    return displayName === null ? t("condition.gone") : roleName({ id, displayName });
  };
}
