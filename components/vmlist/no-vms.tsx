import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export function NoVms({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("vmlist");
  return (
    <Card flush>
      {isFiltered ? (
        <EmptyState
          icon="search"
          title={t("empty.noMatch")}
          action={<LinkButton href="/vms?view=all">{t("empty.showAll")}</LinkButton>}
        >
          {t("empty.noMatchText")}
        </EmptyState>
      ) : (
        <EmptyState
          icon="monitor"
          title={t("empty.none")}
          action={
            <LinkButton href="/vms/new" variant="primary">
              {t("request")}
            </LinkButton>
          }
        >
          {t("empty.noneText")}
        </EmptyState>
      )}
    </Card>
  );
}
