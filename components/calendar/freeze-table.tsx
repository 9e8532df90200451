import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import type { SelectOption } from "@/components/ui/select";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { FreezeRow } from "@/lib/requests/calendar/schema";
import { EditFreeze, RemoveFreeze } from "./freeze-dialogs";
import { useOperationNames } from "./operation-names";

type FreezeTableProps = { freezes: readonly FreezeRow[]; environments: readonly SelectOption[] };

export function FreezeTable({ freezes, environments }: FreezeTableProps) {
  const t = useTranslations("calendar");
  return (
    <Table caption={t("admin.freezes")}>
      <TableHead>
        <HeadCell className="w-full">{t("freeze.reason")}</HeadCell>
        <HeadCell>{t("freeze.environment")}</HeadCell>
        <HeadCell>{t("freeze.startsAt")}</HeadCell>
        <HeadCell>{t("freeze.endsAt")}</HeadCell>
        <HeadCell>{t("window.operations")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("admin.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {freezes.map((freeze) => (
          <FreezeLine key={freeze.id} freeze={freeze} environments={environments} />
        ))}
      </TableBody>
    </Table>
  );
}

function FreezeLine({ freeze, environments }: { freeze: FreezeRow; environments: readonly SelectOption[] }) {
  const t = useTranslations("calendar");
  const namesOf = useOperationNames();
  return (
    <TableRow>
      <TableCell className="py-2 sm:whitespace-normal">
        <span className="font-medium">{freeze.reason}</span>
      </TableCell>
      <TableCell label={t("freeze.environment")}>
        <span className="font-mono text-xs">{freeze.environment ?? t("everywhere")}</span>
      </TableCell>
      <TableCell label={t("freeze.startsAt")}>
        <ExactTime at={freeze.startsAt} style="short" />
      </TableCell>
      <TableCell label={t("freeze.endsAt")}>
        <ExactTime at={freeze.endsAt} style="short" />
      </TableCell>
      <TableCell label={t("window.operations")} className="text-ink-muted sm:whitespace-normal">
        {namesOf(freeze.operations)}
      </TableCell>
      <TableCell>
        <span className="flex gap-1 max-sm:-ml-2.5 sm:justify-end">
          <EditFreeze freeze={freeze} environments={environments} />
          <RemoveFreeze freeze={freeze} />
        </span>
      </TableCell>
    </TableRow>
  );
}
