import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { queueViews, urgencies, type QueueFacets, type QueueView } from "@/lib/requests/queue/schema";
import { operationTypes } from "@/lib/vocabulary/operations";

type QueueFiltersProps = {
  view: QueueView;
  facets: QueueFacets;
  environments: readonly { name: string; displayName: string }[];
};

export function QueueFilters({ view, facets, environments }: QueueFiltersProps) {
  const t = useTranslations("approvals");
  const r = useTranslations("requests");
  const named = (all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  const filters = [
    {
      name: "tier",
      label: t("filter.anyTier"),
      options: urgencies.map((tier) => ({ value: tier, label: t(`tier.${tier}.title`) })),
    },
    {
      name: "operationType",
      label: r("filter.anyOperation"),
      options: operationTypes.map((type) => ({ value: type, label: r(`operationType.${type}`) })),
    },
    {
      name: "environment",
      label: r("filter.anyEnvironment"),
      options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
    },
    { name: "systemId", label: t("filter.anySystem"), options: named(facets.systems) },
    { name: "requesterId", label: t("filter.anyRequester"), options: named(facets.requesters) },
  ];
  return (
    <FilterBar search={{ name: "q", label: r("filter.search") }} filters={filters}>
      <SegmentedControl
        key={view}
        name="view"
        label={t("filter.view")}
        defaultValue={view}
        options={queueViews.map((each) => ({ value: each, label: t(`view.${each}`) }))}
        className="max-w-full flex-wrap"
      />
    </FilterBar>
  );
}
