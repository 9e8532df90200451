import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import type { Configuration } from "@/lib/requests/configuration/schema";

/** What the machine was told at its first start, for those who answer for it. */
export function FirstStart({ configuration }: { configuration: Configuration }) {
  const t = useTranslations("vms.configuration");
  const { cloudInit, seesCloudInit } = configuration;
  if (!seesCloudInit) return null;
  return (
    <Card title={t("cloudInit")} description={t("cloudInitText")}>
      {cloudInit === null || cloudInit === "" ? (
        <p className="text-sm text-ink-muted">{t(cloudInit === "" ? "cloudInitEmpty" : "cloudInitHidden")}</p>
      ) : (
        <CodeBlock code={cloudInit} />
      )}
    </Card>
  );
}
