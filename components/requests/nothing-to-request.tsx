import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { MissingPart } from "./offer";

/** Instead of a form that could not be filled in: what is missing, and who can add it. */
export function NothingToRequest({ missing }: { missing: MissingPart }) {
  const t = useTranslations("requests");
  return (
    <Card flush>
      <EmptyState
        icon={missing === "services" ? "layers" : "lock"}
        title={t(`missing.${missing}.title`)}
        action={
          missing === "services" ? (
            <LinkButton href="/systems" variant="primary">
              {t("missing.services.action")}
            </LinkButton>
          ) : undefined
        }
      >
        {t(`missing.${missing}.explanation`)}
      </EmptyState>
    </Card>
  );
}
