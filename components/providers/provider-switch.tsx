import { useTranslations } from "next-intl";
import { enableProviderAction } from "@/app/actions/providers";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmAction } from "@/components/ui/confirm-action";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { missingBeforeEnabling } from "./missing-before-enabling";

/** On or off, with what that means for people before it happens. */
export function ProviderSwitch({ provider }: { provider: ProviderDetail }) {
  const t = useTranslations("providers.switch");
  const { id, name, enabled, sessionCount, peopleCount } = provider;
  if (enabled) {
    return (
      <ConfirmAction
        trigger={<Button>{t("turnOff")}</Button>}
        title={t("offTitle", { name })}
        description={t("offText", { sessions: sessionCount, people: peopleCount })}
        confirmLabel={t("turnOff")}
        action={enableProviderAction}
        hidden={{ providerId: id, enabled: "false" }}
        successMessage={t("isOff")}
        tone="danger"
      />
    );
  }
  return (
    <ConfirmAction
      trigger={<Button variant="primary">{t("turnOn")}</Button>}
      title={t("onTitle", { name })}
      description={t("onText", { name })}
      confirmLabel={t("turnOn")}
      action={enableProviderAction}
      hidden={{ providerId: id, enabled: "true" }}
      successMessage={t("isOn")}
    >
      <MissingList provider={provider} />
    </ConfirmAction>
  );
}

function MissingList({ provider }: { provider: ProviderDetail }) {
  const t = useTranslations("providers.switch");
  const missing = missingBeforeEnabling(provider);
  if (missing.length === 0) return null;
  return (
    <Callout tone="warning" title={t("missing", { count: missing.length })}>
      <ul className="grid list-disc gap-1 pl-4">
        {missing.map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
    </Callout>
  );
}
