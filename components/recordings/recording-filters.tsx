import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { Input } from "@/components/ui/input";
import { recordingStatuses } from "@/lib/console/recordings/rules";
import type { RecordingFilter } from "@/lib/console/recordings/schema";
import { consoleTypes } from "@/lib/console/rules";

interface RecordingFiltersProps {
  environments: readonly { name: string; displayName: string }[];
  filter: RecordingFilter;
}

/** What a list is narrowed by from elsewhere outlives a change of filter here. */
const kept = ["vmId", "systemId", "userId", "jti"];

export function RecordingFilters({ environments, filter }: RecordingFiltersProps) {
  const t = useTranslations("recordings");
  return (
    <FilterBar
      search={{ name: "q", label: t("filter.vm") }}
      keep={kept}
      filters={[
        {
          name: "environment",
          label: t("filter.environment"),
          options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
        },
        {
          name: "consoleType",
          label: t("filter.console"),
          options: consoleTypes.map((type) => ({ value: type, label: t(`console.${type}`) })),
        },
        {
          name: "status",
          label: t("filter.status"),
          options: recordingStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
        },
      ]}
    >
      <Input
        type="search"
        name="person"
        aria-label={t("filter.person")}
        placeholder={t("filter.person")}
        defaultValue={filter.person ?? ""}
        className="w-full sm:w-44"
      />
      <DayInput name="startTime" label={t("filter.since")} day={filter.startTime} />
      <DayInput name="endTime" label={t("filter.until")} day={filter.endTime} />
    </FilterBar>
  );
}

function DayInput({ name, label, day }: { name: string; label: string; day: Date | undefined }) {
  return (
    <label className="flex items-center gap-2 text-xs text-ink-muted">
      {label}
      <Input type="date" name={name} defaultValue={day?.toISOString().slice(0, 10) ?? ""} className="w-36" />
    </label>
  );
}
