import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { PolicyListRow } from "@/lib/requests/policies/schema";

/** What is out of the ordinary about a rule: that it only watches, or would take another one's place. */
export function PolicyNotices({ policy }: { policy: PolicyListRow }) {
  const t = useTranslations("policies.detail");
  return (
    <>
      {policy.replacesId !== null && (
        <Callout
          title={t("replacesTitle")}
          actions={
            <LinkButton href={`/admin/policies/${policy.replacesId}`} size="sm">
              {t("openReplaced")}
            </LinkButton>
          }
        >
          {t("replacesText", { name: policy.name })}
        </Callout>
      )}
      {policy.state === "shadow" && (
        <Callout
          title={t("shadowTitle")}
          actions={
            policy.differences > 0 && (
              <LinkButton href={`/admin/policies/shadow?policyId=${policy.id}`} size="sm">
                {t("openShadow")}
              </LinkButton>
            )
          }
        >
          {t("shadowText", { count: policy.differences })}
        </Callout>
      )}
    </>
  );
}
