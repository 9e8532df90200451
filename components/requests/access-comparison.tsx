import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import type { RequestDetail } from "@/lib/requests/schema";

type AccessComparisonProps = {
  request: RequestDetail;
  asked: NonNullable<RequestDetail["accessAsked"]>;
  given: NonNullable<RequestDetail["access"]>;
};

/** The role and the time asked for beside what was given, with the reason of whoever gave less. */
export function AccessComparison({ request, asked, given }: AccessComparisonProps) {
  const t = useTranslations("requests");
  const isChanged = asked.role !== given.role || asked.days !== given.days;
  return (
    <Card
      title={t(isChanged ? "comparison.changedTitle" : "comparison.title")}
      footer={
        isChanged &&
        request.modificationReason && (
          <p>
            {t("comparison.reason", { approver: request.approverName ?? "–" })}{" "}
            <q>{request.modificationReason}</q>
          </p>
        )
      }
    >
      <DiffList>
        <DiffRow
          label={t("fact.role")}
          before={t(`access.role.${asked.role}`)}
          after={t(`access.role.${given.role}`)}
          changed={asked.role !== given.role}
        />
        <DiffRow
          label={t("fact.days")}
          before={t("access.days", { days: asked.days })}
          after={t("access.days", { days: given.days })}
          changed={asked.days !== given.days}
        />
      </DiffList>
    </Card>
  );
}
