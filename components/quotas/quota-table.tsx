import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { QuotaRow } from "@/lib/requests/quotas/schema";
import { QuotaBars } from "./quota-bars";
import { RemoveQuota, SetQuota } from "./quota-dialogs";

export function QuotaTable({ rooms }: { rooms: readonly QuotaRow[] }) {
  const t = useTranslations("quotas");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.system")}</HeadCell>
        <HeadCell>{t("column.environment")}</HeadCell>
        <HeadCell className="w-full">{t("column.held")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rooms.map((room) => (
          <QuotaLine key={`${room.systemId}/${room.environment}`} room={room} />
        ))}
      </TableBody>
    </Table>
  );
}

function QuotaLine({ room }: { room: QuotaRow }) {
  const t = useTranslations("quotas");
  const isIdle = room.limits === null && Object.values(room.used).every((amount) => amount === 0);
  return (
    <TableRow>
      <TableCell className="py-2">
        <TextLink href={`/systems/${room.systemId}`}>{room.systemName}</TextLink>
      </TableCell>
      <TableCell label={t("column.environment")}>
        <span className="font-mono text-xs">{room.environment}</span>
      </TableCell>
      <TableCell label={t("column.held")} className="py-2 sm:whitespace-normal">
        {isIdle ? (
          <span className="text-ink-faint">{t("nothingHeld")}</span>
        ) : (
          <QuotaBars room={room} className="grid w-full gap-x-6 gap-y-2 sm:grid-cols-2 xl:grid-cols-3" />
        )}
      </TableCell>
      <TableCell>
        <span className="flex gap-1 max-sm:-ml-2.5 sm:justify-end">
          <SetQuota room={room} />
          <RemoveQuota room={room} />
        </span>
      </TableCell>
    </TableRow>
  );
}
