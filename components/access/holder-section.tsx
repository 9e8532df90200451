import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { BindingRow } from "@/lib/access/schema";
import { HolderTable } from "./holder-table";

interface HolderSectionProps {
  bindings: readonly BindingRow[];
  seesAccounts: boolean;
}

export function HolderSection({ bindings, seesAccounts }: HolderSectionProps) {
  const t = useTranslations("access.holders");
  return (
    <Section title={t("title")}>
      {bindings.length > 0 ? (
        <HolderTable bindings={bindings} seesAccounts={seesAccounts} />
      ) : (
        <Card flush>
          <EmptyState icon="users" title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      )}
    </Section>
  );
}
