import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import type { ImportRow, MachinePage } from "@/lib/vms/adoption/schema";
import { FailureNote } from "./failure-note";
import { ImportMachines } from "./import-machines";
import { ImportResults } from "./import-results";
import type { ServiceOption } from "./service-picker";

export type ListedMachines =
  { ok: true; page: MachinePage } | { ok: false; code: string; params: Record<string, unknown> };

type ImportPageProps = {
  cluster: { id: string; displayName: string };
  listed: ListedMachines;
  services: readonly ServiceOption[];
  imports: readonly ImportRow[];
  filtered: boolean;
  nextHref: string | undefined;
};

export function ImportPage({ cluster, listed, services, imports, filtered, nextHref }: ImportPageProps) {
  const t = useTranslations("adoption");
  const clusters = useTranslations("clusters");
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[
          { label: clusters("list.title"), href: "/admin/clusters" },
          { label: cluster.displayName, href: `/admin/clusters/${cluster.id}` },
          { label: t("import.title") },
        ]}
        title={t("import.title")}
        description={t("import.explanation", { cluster: cluster.displayName })}
      />
      <Callout>{t("import.notTouched")}</Callout>
      <ImportResults imports={imports} />
      <FilterBar search={{ name: "q", label: t("import.search") }}>
        <Input
          type="search"
          name="namespace"
          aria-label={t("import.namespace")}
          placeholder={t("import.namespace")}
          className="sm:w-48"
        />
      </FilterBar>
      {listed.ok ? (
        <Listed page={listed.page} filtered={filtered}>
          <ImportMachines clusterId={cluster.id} machines={listed.page.items} services={services} />
        </Listed>
      ) : (
        <FailureNote title={t("import.unreachable")} failure={listed} />
      )}
      <Pagination nextHref={nextHref} />
    </div>
  );
}

type ListedProps = { page: MachinePage; filtered: boolean; children: ReactNode };

function Listed({ page, filtered, children }: ListedProps) {
  const t = useTranslations("adoption.import");
  if (page.items.length === 0) {
    return (
      <EmptyState icon="search" title={t(filtered ? "noMatch" : "empty")}>
        {page.partial ? t("noMatchPartial") : filtered ? null : t("emptyDetail")}
      </EmptyState>
    );
  }
  return (
    <>
      {page.restarted && <Callout role="status">{t("restarted")}</Callout>}
      {children}
    </>
  );
}
