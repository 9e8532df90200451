import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import type { RequestDetail } from "@/lib/requests/schema";
import { AccessComparison } from "./access-comparison";

/** Asked for beside approved; what the approver changed stands out, with the reason. */
export function RequestComparison({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const { asked, final, accessAsked, access } = request;
  if (accessAsked !== null && access !== null)
    return <AccessComparison request={request} asked={accessAsked} given={access} />;
  if (asked === null) return null;
  const rows = [
    { name: "cpuCores", asked: asked.cpuCores, final: final?.cpuCores },
    { name: "memoryGi", asked: asked.memoryGi, final: final?.memoryGi },
    { name: "diskGb", asked: asked.diskGb, final: final?.diskGb },
  ] as const;
  const isChanged = rows.some((row) => row.final !== undefined && row.final !== row.asked);
  return (
    <Card
      title={isChanged ? t("comparison.changedTitle") : t("comparison.title")}
      footer={isChanged && request.modificationReason ? <Reason request={request} /> : undefined}
    >
      <DiffList>
        <DiffRow label={t("fact.template")} after={request.templateName} changed={false} />
        <DiffRow label={t("fact.size")} after={request.sizeName} changed={false} />
        {rows.map((row) => (
          <DiffRow
            key={row.name}
            label={t(`fact.${row.name}`)}
            before={t(`amount.${row.name}`, { amount: row.asked })}
            after={t(`amount.${row.name}`, { amount: row.final ?? row.asked })}
            changed={row.final !== undefined && row.final !== row.asked}
          />
        ))}
        {request.selectedStorageClass && (
          <DiffRow
            label={t("fact.storageClass")}
            after={<span className="font-mono text-xs">{request.selectedStorageClass}</span>}
            changed={false}
          />
        )}
      </DiffList>
    </Card>
  );
}

function Reason({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  return (
    <p>
      {t("comparison.reason", { approver: request.approverName ?? "–" })} <q>{request.modificationReason}</q>
    </p>
  );
}
