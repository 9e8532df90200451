import { useTranslations } from "next-intl";
import type { AccessRow } from "@/lib/access/reviews/schema";
import type { BindingRow } from "@/lib/access/schema";
import type { AuditRow } from "@/lib/audit/schema";
import type { SessionRow, UserDetail } from "@/lib/identity/schema";
import type { TokenRow } from "@/lib/identity/tokens/schema";
import { PageHeader } from "@/components/ui/page-header";
import { AccountBadges, DisabledNotice } from "./account-badges";
import { AccountFacts } from "./account-facts";
import { FactorCard } from "./factor-card";
import { MembershipSection } from "./membership-section";
import { RecordSection } from "./record-section";
import type { RoleOffer } from "./role-fields";
import { RoleSection } from "./role-section";
import { SessionSection } from "./session-section";
import { TokenSection } from "./token-section";
import { UserActions } from "./user-actions";
import { refusalToDisable, type Reader } from "./user-refusals";

export type UserPageProps = {
  user: UserDetail;
  reader: Reader;
  sessions: readonly SessionRow[];
  tokens: readonly TokenRow[];
  /** Null where the reader may not see it. */
  bindings: readonly BindingRow[] | null;
  memberships: readonly AccessRow[] | null;
  records: readonly AuditRow[] | null;
  offer: RoleOffer | null;
};

export function UserPage({ user, reader, sessions, tokens, ...more }: UserPageProps) {
  const t = useTranslations("accounts");
  const { bindings, memberships, records, offer } = more;
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={user.displayName}
        breadcrumbs={[{ label: t("list.title"), href: "/admin/users" }, { label: user.displayName }]}
        badges={<AccountBadges user={user} />}
        actions={<UserActions user={user} reader={reader} />}
      />
      <DisabledNotice user={user} />
      <div className="grid min-w-0 items-start gap-x-6 gap-y-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4 sm:grid-cols-2 xl:order-last xl:grid-cols-1">
          <AccountFacts user={user} />
          <FactorCard user={user} mayReset={refusalToDisable(user, reader) === null} />
        </div>
        <div className="grid min-w-0 gap-7">
          {bindings ? (
            <RoleSection user={user} bindings={bindings} offer={offer} />
          ) : (
            <p className="text-sm text-ink-faint">{t("page.hidden", { permission: "rbac:read" })}</p>
          )}
          {memberships && <MembershipSection memberships={memberships} />}
          <SessionSection userId={user.id} sessions={sessions} />
          <TokenSection kind="user" tokens={tokens} owner={user} />
          {records && <RecordSection user={user} records={records} />}
        </div>
      </div>
    </div>
  );
}
