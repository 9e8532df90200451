import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import type { SystemRow } from "@/lib/systems/schema";
import { SystemTabs, type SystemTab } from "./system-tabs";

interface SystemHeaderProps {
  system: SystemRow;
  tab: SystemTab;
  actions?: ReactNode;
}

/** The top of every page of a system. */
export function SystemHeader({ system, tab, actions }: SystemHeaderProps) {
  const t = useTranslations("systems");
  const manages = system.role === null || system.role === "owner" || system.role === "admin";
  return (
    <div className="grid min-w-0 gap-4">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/systems" }, { label: system.name }]}
        title={system.name}
        description={system.description || t("detail.noDescription")}
        actions={actions}
      />
      <SystemTabs systemId={system.id} current={tab} withReview={manages} />
    </div>
  );
}
