import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { LimitedPerson } from "@/lib/batches/limits/schema";
import { RevokeExemption, SetOverride } from "./limit-dialogs";

export function LimitTable({ people }: { people: readonly LimitedPerson[] }) {
  const t = useTranslations("batches.limits");
  return (
    <Table caption={t("people")}>
      <TableHead>
        <HeadCell>{t("person")}</HeadCell>
        <HeadCell>{t("open")}</HeadCell>
        <HeadCell>{t("waiting")}</HeadCell>
        <HeadCell>{t("pause")}</HeadCell>
        <HeadCell>{t("bound")}</HeadCell>
        <HeadCell />
      </TableHead>
      <TableBody>
        {people.map((person) => (
          <TableRow key={person.userId}>
            <TableCell>
              <span className="font-medium">{person.displayName}</span>{" "}
              <span className="font-mono text-xs text-ink-faint">{person.username}</span>
            </TableCell>
            <TableCell label={t("open")} className="tabular-nums">
              {person.openBatches}
            </TableCell>
            <TableCell label={t("waiting")} className="tabular-nums">
              {person.waitingChildren}
            </TableCell>
            <TableCell label={t("pause")} className="tabular-nums">
              {t("seconds", { count: person.cooldownRemainingSeconds })}
            </TableCell>
            <TableCell label={t("bound")} className="sm:whitespace-normal">
              <Bound person={person} />
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap justify-end gap-2">
                <SetOverride person={person} />
                {person.exemption && <RevokeExemption person={person} />}
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Bound({ person: { exemption, override } }: { person: LimitedPerson }) {
  const t = useTranslations("batches.limits");
  if (exemption === null && override === null)
    return <span className="text-ink-muted">{t("asEverybody")}</span>;
  const shown = (value: number | null) => value ?? t("standard");
  return (
    <span className="grid gap-1">
      {exemption && (
        <span>
          {t("exemptUntil")} <ExactTime at={exemption.expiresAt} />
          <Why reason={exemption.reason} by={exemption.exemptedByName} />
        </span>
      )}
      {override && (
        <span>
          {t("ownNumbers", {
            parents: shown(override.maxPendingParents),
            children: shown(override.maxPendingChildren),
            cooldown: shown(override.cooldownSeconds),
          })}
          <Why reason={override.reason} by={override.setByName} />
        </span>
      )}
    </span>
  );
}

function Why({ reason, by }: { reason: string; by: string }) {
  const t = useTranslations("batches.limits");
  return <span className="block text-xs break-words text-ink-faint">{t("why", { reason, by })}</span>;
}
