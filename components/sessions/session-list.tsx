import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { consoleModes, consoleTypes } from "@/lib/console/rules";
import type { LiveSession, LiveSessionFilter } from "@/lib/console/schema";
import { SessionTable } from "./session-table";

interface SessionListProps {
  sessions: readonly LiveSession[];
  filter: LiveSessionFilter;
  withSystem: boolean;
}

export function SessionList({ sessions, filter, withSystem }: SessionListProps) {
  const t = useTranslations("sessions");
  const isFiltered = Boolean(filter.q ?? filter.consoleType ?? filter.mode ?? filter.cursor);
  return (
    <>
      <FilterBar
        search={{ name: "q", label: t("search") }}
        filters={[
          {
            name: "mode",
            label: t("column.mode"),
            options: consoleModes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) })),
          },
          {
            name: "consoleType",
            label: t("column.type"),
            options: consoleTypes.map((type) => ({ value: type, label: t(`type.${type}`) })),
          },
        ]}
      />
      {sessions.length > 0 ? (
        <SessionTable sessions={sessions} withSystem={withSystem} />
      ) : (
        <EmptyState icon="terminal" title={t(isFiltered ? "noMatch" : "empty")}>
          {t(isFiltered ? "noMatchDetail" : "emptyDetail")}
        </EmptyState>
      )}
    </>
  );
}
