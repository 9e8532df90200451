import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { PolicyListRow } from "@/lib/requests/policies/schema";
import { MoveButton } from "./policy-actions";
import { EffectBadge } from "./policy-badges";
import { PolicyConditions } from "./policy-conditions";
import { useOperationName } from "./policy-words";

/** The rules that only watch, each with how often it would have differed and the button that lets it answer. */
export function WatchingRules({ policies }: { policies: readonly PolicyListRow[] }) {
  const t = useTranslations("policies");
  const nameOf = useOperationName();
  return (
    <Table caption={t("shadow.rules")}>
      <TableHead>
        <HeadCell>{t("column.rule")}</HeadCell>
        <HeadCell>{t("column.effect")}</HeadCell>
        <HeadCell className="w-1/3">{t("column.conditions")}</HeadCell>
        <HeadCell>{t("replays.differing")}</HeadCell>
        <HeadCell aria-label={t("actions.activate")} />
      </TableHead>
      <TableBody>
        {policies.map((policy) => (
          <TableRow key={policy.id}>
            <TableCell className="py-2 sm:whitespace-normal">
              <span className="grid gap-0.5">
                <RowLink href={`/admin/policies/${policy.id}`}>{policy.name}</RowLink>
                <span className="text-xs text-ink-faint">{nameOf(policy.operation)}</span>
              </span>
            </TableCell>
            <TableCell label={t("column.effect")}>
              <EffectBadge effect={policy.effect} />
            </TableCell>
            <TableCell label={t("column.conditions")} className="sm:whitespace-normal">
              <PolicyConditions policy={policy} />
            </TableCell>
            <TableCell label={t("replays.differing")}>
              {t("differences", { count: policy.differences })}
            </TableCell>
            <TableCell className="relative z-1">
              <MoveButton policy={policy} to="active" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
