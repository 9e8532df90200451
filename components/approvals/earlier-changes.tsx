import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import type { RequestDetail } from "@/lib/requests/schema";

/** What approvers before this one have changed of what was asked for. */
export function EarlierChanges({ choices }: { choices: RequestDetail["pendingChoices"] }) {
  const t = useTranslations("approvals");
  const told = Object.entries(choices ?? {}).filter(([name]) => name !== "modificationReason");
  if (told.length === 0) return null;
  const reason = choices?.["modificationReason"];
  return (
    <Callout tone="info" title={t("earlier.title")}>
      <DiffList>
        {told.map(([name, value]) => (
          <DiffRow
            key={name}
            label={t.has(`override.${name}`) ? t(`override.${name}`) : name}
            after={typeof value === "object" ? JSON.stringify(value) : String(value)}
          />
        ))}
      </DiffList>
      {typeof reason === "string" && <q>{reason}</q>}
    </Callout>
  );
}
