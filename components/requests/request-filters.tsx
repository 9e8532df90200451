import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { operationTypes } from "@/lib/vocabulary/operations";

const groups = ["ACTIVE", "ATTENTION", "TERMINAL"] as const;

type RequestFiltersProps = {
  environments: readonly { name: string; displayName: string }[];
  /** Absent for whoever sees only their own. */
  ownership?: "mine" | "all" | undefined;
};

export function RequestFilters({ environments, ownership }: RequestFiltersProps) {
  const t = useTranslations("requests");
  const status = {
    name: "statusGroup",
    label: t("filter.anyStatus"),
    options: groups.map((group) => ({ value: group, label: t(`filter.group.${group}`) })),
  };
  const operation = {
    name: "operationType",
    label: t("filter.anyOperation"),
    options: operationTypes
      .filter((type) => type !== "MODIFY")
      .map((type) => ({ value: type, label: t(`operationType.${type}`) })),
  };
  const environment = {
    name: "environment",
    label: t("filter.anyEnvironment"),
    options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
  };
  return (
    <FilterBar search={{ name: "q", label: t("filter.search") }} filters={[status, operation, environment]}>
      {ownership && (
        <SegmentedControl
          key={ownership}
          name="mine"
          label={t("filter.ownership")}
          defaultValue={ownership === "mine" ? "true" : "false"}
          options={[
            { value: "true", label: t("filter.mine") },
            { value: "false", label: t("filter.all") },
          ]}
        />
      )}
    </FilterBar>
  );
}
