import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { ProviderRow } from "@/lib/identity/providers/schema";

export function ProviderTypeBadge({ type }: { type: ProviderRow["authType"] }) {
  const t = useTranslations("providers.type");
  return <Badge>{t(`${type}.short`)}</Badge>;
}

export function ProviderState({ provider }: { provider: Pick<ProviderRow, "enabled" | "requireMfa"> }) {
  const t = useTranslations("providers.state");
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={provider.enabled ? "success" : "neutral"}>{t(provider.enabled ? "on" : "off")}</Badge>
      {provider.requireMfa && <Badge tone="info">{t("mfa")}</Badge>}
    </span>
  );
}
