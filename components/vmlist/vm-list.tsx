"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChoosableVm } from "@/components/batches/bulk-bar";
import { ChooseVms } from "@/components/batches/choose-vms";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { Density, ListColumn, VmSort } from "@/lib/vms/list/columns/rules";
import type { VmListRow } from "@/lib/vms/list/schema";
import { ChooseMatching } from "./choose-matching";
import { apiFilters, type Address } from "./list-address";
import { RowKeys } from "./row-keys";
import { useLiveRows } from "./use-live-rows";
import { VmListTable } from "./vm-list-table";

type VmListProps = {
  rows: readonly VmListRow[];
  columns: readonly ListColumn[];
  density: Density;
  q: string;
  sort: VmSort;
  address: Address;
  isFirstPage: boolean;
  hasNext: boolean;
};

/** The page's machines: alive, walked by keys, chosen for the bar at the lower edge. */
export function VmList({ rows, columns, density, q, sort, address, isFirstPage, hasNext }: VmListProps) {
  const filters = apiFilters(address);
  const listKey = JSON.stringify([q, sort, filters, address["cursor"] ?? ""]);
  const live = useLiveRows({ rows, listKey, q, filters, sort, isFirstPage });
  const [found, setFound] = useState<{ listKey: string; vms: readonly ChoosableVm[] }>({ listKey, vms: [] });
  const shown = live.rows.map(({ vm: { id, name, status } }) => ({ id, name, status }));
  const ids = new Set(shown.map(({ id }) => id));
  const beyond = found.listKey === listKey ? found.vms.filter(({ id }) => !ids.has(id)) : [];
  return (
    <ChooseVms vms={[...shown, ...beyond]}>
      <RowKeys />
      <Arrived count={live.arrivedCount} onShow={live.showAll} />
      <VmListTable rows={live.rows} columns={columns} density={density} sort={sort} address={address} />
      {hasNext && (
        <ChooseMatching
          q={q}
          sort={sort}
          filters={filters}
          shownIds={shown.map(({ id }) => id)}
          onFound={(vms) => setFound({ listKey, vms })}
        />
      )}
    </ChooseVms>
  );
}

function Arrived({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTranslations("vmlist");
  return (
    <div role="status">
      {count > 0 && (
        <Callout
          actions={
            <Button size="sm" onClick={onShow}>
              {t("arrived.show")}
            </Button>
          }
        >
          {t("arrived.count", { count })}
        </Callout>
      )}
    </div>
  );
}
