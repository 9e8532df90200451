import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { PolicyStanding } from "@/lib/requests/policies/rules";
import type { PolicyAnswer as Answer } from "@/lib/requests/policies/schema";
import { EffectBadge } from "./policy-badges";
import { useRequesterName } from "./policy-words";

interface PolicyAnswerProps {
  answer: Answer;
  roleNames: readonly { id: string; name: string }[];
}

/** The rule that answers, and of every other why it does not. */
export function PolicyAnswer({ answer, roleNames }: PolicyAnswerProps) {
  const t = useTranslations("policies.tester");
  const { decision, workflowName } = answer;
  return (
    <div className="grid min-w-0 gap-4" aria-live="polite">
      <Card>
        <div className="grid gap-2">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <EffectBadge effect={decision.effect} />
            <span className="font-medium">
              {decision.policyName === null ? t("noRule") : t("byRule", { rule: decision.policyName })}
            </span>
          </p>
          {decision.effect === "ask" && (
            <p className="text-sm text-ink-muted">
              {workflowName === null ? t("stepsMatching") : t("steps", { name: workflowName })}
            </p>
          )}
          <RolesLine requester={answer.requester} roleNames={roleNames} />
        </div>
      </Card>
      <RuleTable rules={answer.rules} />
    </div>
  );
}

function RolesLine({
  requester: { displayName, roles },
  roleNames,
}: Pick<Answer, "requester"> & Pick<PolicyAnswerProps, "roleNames">) {
  const t = useTranslations("policies.tester");
  const nameOf = useRequesterName();
  const names = roles.map((id) => nameOf(id, roleNames.find((role) => role.id === id)?.name ?? id));
  return (
    <p className="text-xs text-ink-faint">
      {names.length === 0
        ? t("noRoles", { name: displayName })
        : t("roles", { name: displayName, roles: names.join(", ") })}
    </p>
  );
}

const standingIcons: Record<PolicyStanding, { icon: IconName; look: string }> = {
  decides: { icon: "done", look: "text-success" },
  comes_later: { icon: "clock", look: "text-ink-faint" },
  overruled: { icon: "ban", look: "text-danger" },
  fails: { icon: "dashed", look: "text-ink-faint" },
};

function RuleTable({ rules }: Pick<Answer, "rules">) {
  const t = useTranslations("policies");
  return (
    <Table caption={t("tester.rules")}>
      <TableHead>
        <HeadCell>{t("column.rule")}</HeadCell>
        <HeadCell className="sm:text-right">{t("column.priority")}</HeadCell>
        <HeadCell>{t("column.effect")}</HeadCell>
        <HeadCell className="w-1/2">{t("tester.why")}</HeadCell>
      </TableHead>
      <TableBody>
        {rules.map(({ policy, standing, failed }) => (
          <TableRow key={policy.id}>
            <TableCell>
              <RowLink href={`/admin/policies/${policy.id}`}>{policy.name}</RowLink>
            </TableCell>
            <TableCell label={t("column.priority")} numeric>
              {policy.priority}
            </TableCell>
            <TableCell label={t("column.effect")}>
              <EffectBadge effect={policy.effect} look="plain" />
            </TableCell>
            <TableCell label={t("tester.why")} className="sm:whitespace-normal">
              <span className="inline-flex items-center gap-1.5">
                <Icon
                  name={standingIcons[standing].icon}
                  className={`size-3.5 ${standingIcons[standing].look}`}
                />
                <span className={standing === "fails" ? "text-ink-muted" : "font-medium"}>
                  {t(`tester.standing.${standing}`)}
                  {failed.length > 0 && `: ${failed.map((name) => t(`tester.failed.${name}`)).join(", ")}`}
                </span>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
