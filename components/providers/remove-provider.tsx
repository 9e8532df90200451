import { useTranslations } from "next-intl";
import { deleteProviderAction } from "@/app/actions/providers";
import { Button } from "@/components/ui/button";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import type { ProviderDetail } from "@/lib/identity/providers/schema";

export function RemoveProvider({ provider }: { provider: ProviderDetail }) {
  const t = useTranslations("providers.remove");
  const { id, name, sessionCount, peopleCount, mappingCount } = provider;
  return (
    <ConfirmByName
      trigger={<Button variant="danger-quiet">{t("button")}</Button>}
      title={t("title", { name })}
      description={t("text", { people: peopleCount, sessions: sessionCount, mappings: mappingCount })}
      confirmLabel={t("button")}
      name={name}
      action={deleteProviderAction}
      hidden={{ providerId: id }}
    />
  );
}
