import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { SignInFailure } from "./try-sign-in";

/** What went wrong, without saying more than whoever tried may know. */
export function SignInFailureMessage({ failure }: { failure: SignInFailure }) {
  const t = useTranslations("identity.signIn");
  switch (failure.kind) {
    case "failed":
      return (
        <Callout tone="danger" role="alert" title={t("failed")}>
          {t("failedAdvice")}
        </Callout>
      );
    case "throttled":
      return (
        <Callout tone="warning" role="alert" title={t("throttled")}>
          {t("throttledAdvice", { minutes: failure.minutes })}
        </Callout>
      );
    case "refused":
      return (
        <Callout tone="danger" role="alert" title={t("providerRefused")}>
          {t("providerRefusedAdvice")}
        </Callout>
      );
    case "away":
      return (
        <Callout tone="warning" role="alert" title={t("providerAway")}>
          {t("providerAwayAdvice")}
        </Callout>
      );
    case "unavailable":
      return (
        <Callout tone="danger" role="alert" title={t("unavailable")}>
          {t("unavailableAdvice")}
        </Callout>
      );
  }
}
