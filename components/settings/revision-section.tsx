import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Section } from "@/components/ui/section";
import type { RevisionRow } from "@/lib/settings/schema";
import { RevisionTable } from "./revision-table";
import { useSettingWords } from "./setting-words";

interface RevisionSectionProps {
  revisions: readonly RevisionRow[];
  /** Of one setting only. */
  settingKey: string | undefined;
}

export function RevisionSection({ revisions, settingKey }: RevisionSectionProps) {
  const t = useTranslations("settings.page");
  const { labelOf } = useSettingWords();
  return (
    <div id="history">
      <Section
        title={settingKey === undefined ? t("historyTitle") : t("historyOf", { name: labelOf(settingKey) })}
        description={t("historyDescription")}
        actions={
          settingKey !== undefined && (
            <LinkButton href="/admin/settings#history" size="sm">
              {t("allHistory")}
            </LinkButton>
          )
        }
      >
        {revisions.length > 0 ? (
          <RevisionTable revisions={revisions} />
        ) : (
          <Card flush>
            <EmptyState icon="clock" title={t("noHistory")}>
              {t("noHistoryText")}
            </EmptyState>
          </Card>
        )}
      </Section>
    </div>
  );
}
