import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { WindowRow } from "@/lib/requests/calendar/schema";
import { useOperationNames } from "./operation-names";
import { EditWindow, RemoveWindow } from "./window-dialogs";

const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

export function WindowTable({ windows }: { windows: readonly WindowRow[] }) {
  const t = useTranslations("calendar");
  return (
    <Table caption={t("admin.windows")}>
      <TableHead>
        <HeadCell>{t("window.name")}</HeadCell>
        <HeadCell>{t("window.environment")}</HeadCell>
        <HeadCell className="w-full">{t("window.when")}</HeadCell>
        <HeadCell>{t("window.operations")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("admin.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {windows.map((window) => (
          <WindowLine key={window.id} window={window} />
        ))}
      </TableBody>
    </Table>
  );
}

function WindowLine({ window }: { window: WindowRow }) {
  const t = useTranslations("calendar");
  const namesOf = useOperationNames();
  const days = weekdays.filter((day) => window.weekdays.includes(Number(day)));
  return (
    <TableRow>
      <TableCell className="py-2">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{window.name}</span>
          {!window.enabled && <StatusBadge tone="neutral" icon="clock" label={t("window.disabled")} />}
        </span>
      </TableCell>
      <TableCell label={t("window.environment")}>
        <span className="font-mono text-xs">{window.environment}</span>
      </TableCell>
      <TableCell label={t("window.when")} className="py-2 sm:whitespace-normal">
        <span className="grid">
          <span>{days.map((day) => t(`weekday.${day}`)).join(", ")}</span>
          <span className="text-xs text-ink-muted tabular-nums">
            {window.startsAt} · {t("window.durationShort", { minutes: window.durationMinutes })} ·{" "}
            {window.timeZone}
          </span>
        </span>
      </TableCell>
      <TableCell label={t("window.operations")} className="text-ink-muted sm:whitespace-normal">
        {namesOf(window.operations)}
      </TableCell>
      <TableCell>
        <span className="flex gap-1 max-sm:-ml-2.5 sm:justify-end">
          <EditWindow window={window} />
          <RemoveWindow window={window} />
        </span>
      </TableCell>
    </TableRow>
  );
}
