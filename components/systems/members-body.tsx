import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Callout } from "@/components/ui/callout";
import type { SystemRow } from "@/lib/systems/schema";
import { ListedCard } from "./listed-card";
import { MemberTable } from "./member-table";
import { RoleHelp } from "./role-help";

type MembersBodyProps = ComponentProps<typeof MemberTable> & { system: SystemRow };

/** Everybody who may work here and, beside them, what their roles mean and who can find the system. */
export function MembersBody({ system, ...table }: MembersBodyProps) {
  const t = useTranslations("systems");
  const { canManage, role } = table.powers;
  return (
    <div className="grid items-start gap-5 2xl:grid-cols-[minmax(0,4fr)_minmax(18rem,1fr)]">
      <div className="grid min-w-0 gap-3">
        <p className="max-w-prose text-sm text-ink-muted">{t("members.description")}</p>
        {!canManage && (
          <Callout tone="neutral">{t("members.managersOnly", { role: t(`role.${role ?? "none"}`) })}</Callout>
        )}
        <MemberTable {...table} />
      </div>
      <div className="grid items-start gap-4 md:grid-cols-2 2xl:grid-cols-1">
        <ListedCard systemId={system.id} isListed={system.listed} mayChange={canManage} />
        <RoleHelp />
      </div>
    </div>
  );
}
