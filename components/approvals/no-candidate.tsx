import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";

export function NoCandidate({ environment }: { environment: string }) {
  const t = useTranslations("approvals");
  return (
    <Callout tone="warning" title={t("candidates.none", { environment })}>
      {t("candidates.noneAdvice")}
    </Callout>
  );
}
