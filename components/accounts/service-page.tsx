import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/ui/page-header";
import { RefusedButton } from "@/components/ui/refused-button";
import type { BindingRow } from "@/lib/access/schema";
import type { AuditRow } from "@/lib/audit/schema";
import type { UserDetail } from "@/lib/identity/schema";
import type { TokenChoices, TokenRow } from "@/lib/identity/tokens/schema";
import { AccountBadges, DisabledNotice } from "./account-badges";
import { AccountFacts } from "./account-facts";
import { IssueToken } from "./issue-token";
import { RecordSection } from "./record-section";
import type { RoleOffer } from "./role-fields";
import { RoleSection } from "./role-section";
import { TokenSection } from "./token-section";
import { ServiceActions } from "./user-actions";
import type { Reader } from "./user-refusals";

export type ServicePageProps = {
  user: UserDetail;
  reader: Reader;
  tokens: readonly TokenRow[];
  choices: TokenChoices;
  /** Null where the reader may not see it. */
  bindings: readonly BindingRow[] | null;
  records: readonly AuditRow[] | null;
  offer: RoleOffer | null;
};

export function ServicePage({ user, reader, tokens, choices, ...more }: ServicePageProps) {
  const t = useTranslations("accounts");
  const { bindings, records, offer } = more;
  const issue = user.enabled ? (
    <IssueToken choices={choices} userId={user.id} />
  ) : (
    <RefusedButton reason={t("refused.disabled")}>{t("issue.open")}</RefusedButton>
  );
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={user.displayName}
        breadcrumbs={[
          { label: t("service.title"), href: "/admin/service-accounts" },
          { label: user.displayName },
        ]}
        badges={<AccountBadges user={user} />}
        actions={<ServiceActions user={user} reader={reader} />}
      />
      <DisabledNotice user={user} />
      <div className="grid min-w-0 items-start gap-x-6 gap-y-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="xl:order-last">
          <AccountFacts user={user} />
        </div>
        <div className="grid min-w-0 gap-7">
          <TokenSection kind="service" tokens={tokens} owner={user} issue={issue} />
          {bindings ? (
            <RoleSection user={user} bindings={bindings} offer={offer} />
          ) : (
            <p className="text-sm text-ink-faint">{t("page.hidden", { permission: "rbac:read" })}</p>
          )}
          {records && <RecordSection user={user} records={records} />}
        </div>
      </div>
    </div>
  );
}
