import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { policyOperations, type PolicyListRow } from "@/lib/requests/policies/schema";
import { EffectBadge, PolicyStateBadge } from "./policy-badges";
import { PolicyConditions } from "./policy-conditions";
import { useOperationName } from "./policy-words";

/** Grouped by operation, each group in the order in which its rules speak. */
export function PolicyTable({ policies }: { policies: readonly PolicyListRow[] }) {
  const t = useTranslations("policies");
  const order = [...new Set([...policyOperations, ...policies.map(({ operation }) => operation)])];
  const groups = order
    .map((operation) => ({ operation, rules: policies.filter((policy) => policy.operation === operation) }))
    .filter(({ rules }) => rules.length > 0);
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-1/3">{t("column.rule")}</HeadCell>
        <HeadCell className="sm:text-right">{t("column.priority")}</HeadCell>
        <HeadCell>{t("column.effect")}</HeadCell>
        <HeadCell className="w-1/3">{t("column.conditions")}</HeadCell>
        <HeadCell>{t("column.state")}</HeadCell>
        <HeadCell>{t("column.changed")}</HeadCell>
      </TableHead>
      {groups.map((group) => (
        <PolicyGroup key={group.operation} {...group} />
      ))}
    </Table>
  );
}

function PolicyGroup({ operation, rules }: { operation: string; rules: readonly PolicyListRow[] }) {
  const nameOf = useOperationName();
  return (
    <TableBody>
      <tr className="max-sm:py-0!">
        <th
          scope="rowgroup"
          colSpan={6}
          className="border-b bg-sunken px-4 py-1.5 text-left text-xs font-semibold max-sm:block"
        >
          {nameOf(operation)}
        </th>
      </tr>
      {rules.map((policy) => (
        <PolicyTableRow key={policy.id} policy={policy} />
      ))}
    </TableBody>
  );
}

function PolicyTableRow({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies");
  const isQuiet = policy.state !== "active";
  return (
    <TableRow className={isQuiet ? "text-ink-muted" : undefined}>
      <TableCell className="py-2 sm:whitespace-normal">
        <span className="grid gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <RowLink href={`/admin/policies/${policy.id}`}>{policy.name}</RowLink>
            {policy.isDefault && <Badge>{t("default")}</Badge>}
            {policy.replacesId !== null && <Badge tone="info">{t("replaces")}</Badge>}
          </span>
          {policy.description !== "" && (
            <span className="max-w-xl text-xs text-pretty text-ink-faint">{policy.description}</span>
          )}
        </span>
      </TableCell>
      <TableCell label={t("column.priority")} numeric>
        {policy.priority}
      </TableCell>
      <TableCell label={t("column.effect")}>
        <EffectBadge effect={policy.effect} />
      </TableCell>
      <TableCell label={t("column.conditions")} className="py-1 sm:whitespace-normal">
        <PolicyConditions policy={policy} />
      </TableCell>
      <TableCell label={t("column.state")}>
        <StateCell policy={policy} />
      </TableCell>
      <TableCell label={t("column.changed")} className="relative z-1 text-ink-muted">
        <TimeAgo at={policy.updatedAt} />
      </TableCell>
    </TableRow>
  );
}

function StateCell({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies");
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <PolicyStateBadge state={policy.state} />
      {policy.state === "shadow" && (
        <TextLink href={`/admin/policies/shadow?policyId=${policy.id}`} className="relative z-1 text-xs">
          {t("differences", { count: policy.differences })}
        </TextLink>
      )}
    </span>
  );
}
