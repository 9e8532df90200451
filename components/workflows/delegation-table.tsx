import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ExactTime } from "@/components/ui/exact-time";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tones";
import type { DelegationRow } from "@/lib/requests/delegations/schema";
import type { EnvironmentNames } from "./create-delegation";
import { EndDelegation } from "./end-delegation";

interface DelegationTableProps {
  delegations: readonly DelegationRow[];
  environments: EnvironmentNames;
}

export function DelegationTable({ delegations, environments }: DelegationTableProps) {
  const t = useTranslations("workflows.delegation");
  const namesOf = (names: readonly string[]) =>
    names.map((name) => environments.find((one) => one.name === name)?.displayName ?? name).join(", ");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-1/3">{t("column.who")}</HeadCell>
        <HeadCell>{t("column.from")}</HeadCell>
        <HeadCell>{t("column.until")}</HeadCell>
        <HeadCell>{t("column.where")}</HeadCell>
        <HeadCell>{t("column.state")}</HeadCell>
        <HeadCell />
      </TableHead>
      <TableBody>
        {delegations.map((one) => (
          <TableRow key={one.id} className={one.state === "ended" ? "text-ink-muted" : undefined}>
            <TableCell className="py-2 sm:whitespace-normal">
              <span className="grid gap-0.5">
                <span className="font-medium" title={one.otherUsername}>
                  {t(one.direction, { name: one.otherName })}
                </span>
                {one.reason !== "" && <span className="text-xs text-ink-faint">{one.reason}</span>}
              </span>
            </TableCell>
            <TableCell label={t("column.from")}>
              <ExactTime at={one.startsAt} />
            </TableCell>
            <TableCell label={t("column.until")}>
              <ExactTime at={one.endsAt} />
            </TableCell>
            <TableCell label={t("column.where")}>
              {one.environments.length === 0 ? t("everywhere") : namesOf(one.environments)}
            </TableCell>
            <TableCell label={t("column.state")}>
              <Badge tone={tones[one.state]}>{t(`state.${one.state}`)}</Badge>
            </TableCell>
            <TableCell className="sm:text-right">
              {one.direction === "given" && one.state !== "ended" && <EndDelegation delegation={one} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const tones: Record<DelegationRow["state"], Tone> = { planned: "info", running: "success", ended: "neutral" };
