import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button-styles";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { ListChoices } from "@/lib/vms/list/choices/schema";
import type { SettledList } from "@/lib/vms/list/rules";
import type { VmListRow } from "@/lib/vms/list/schema";
import type { ViewRow } from "@/lib/vms/list/views/schema";
import { apiFilters, type Address } from "./list-address";
import { ListSettings } from "./list-settings";
import { OpenView } from "./open-view";
import { SaveView } from "./save-view";
import { SearchBox } from "./search-box";
import { ViewTabs } from "./view-tabs";

type ListHeadProps = {
  list: SettledList;
  views: readonly ViewRow[];
  choices: ListChoices;
  rows: readonly VmListRow[];
  address: Address;
};

/** Everything above the rows: views, search, and what can be done with both. */
export function ListHead({ list, views, choices, rows, address }: ListHeadProps) {
  const t = useTranslations("vmlist");
  const { q, sort, columns, view } = list;
  const isWorthKeeping = q !== "" && (view === null || list.isChanged);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <LinkButton href="/vms/new" variant="primary">
            {t("request")}
          </LinkButton>
        }
      />
      <div className="grid gap-2">
        <ViewTabs views={views} openId={view?.id ?? null} />
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox q={q} address={address} />
          {isWorthKeeping && <SaveView q={q} sort={sort} columns={columns} systems={systemsOf(rows)} />}
          <ListSettings
            columns={columns}
            density={choices.density ?? "comfortable"}
            isTreeShown={choices.isTreeShown ?? false}
            address={address}
            isOfView={view !== null && view.columns.length > 0}
          />
          <a href={csvHref(address, list)} download className={buttonStyles()}>
            <Download aria-hidden />
            {t("csv")}
          </a>
        </div>
        {view && <OpenView view={view} list={list} isDefault={choices.defaultViewId === view.id} />}
      </div>
    </>
  );
}

function systemsOf(rows: readonly VmListRow[]) {
  return [
    ...new Map(
      rows.map(({ systemId, systemName }) => [systemId, { id: systemId, name: systemName }]),
    ).values(),
  ];
}

/** The whole list as it is searched and ordered here, in the words of the API. */
function csvHref(address: Address, { q, sort }: SettledList): string {
  const query = new URLSearchParams([["sort", sort], ...apiFilters(address)]);
  if (q !== "") query.set("q", q);
  return `/api/v1/vms.csv?${query.toString()}`;
}
