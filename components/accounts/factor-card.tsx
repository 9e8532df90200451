import { useTranslations } from "next-intl";
import { ResetFactors } from "@/components/mfa/reset-factors";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UserDetail } from "@/lib/identity/schema";

/** What somebody proves themselves with; whoever lost all of it is helped here. */
export function FactorCard({ user, mayReset }: { user: UserDetail; mayReset: boolean }) {
  const t = useTranslations("accounts.page");
  if (user.factors.length === 0) {
    return (
      <Card title={t("factors")}>
        <p className="text-sm text-ink-muted">
          {t(user.authType === "local" ? "factorsNone" : "factorsExternal")}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t("factors")}>
      <div className="grid gap-4">
        <ul className="grid gap-2.5">
          {user.factors.map((factor) => (
            <FactorLine key={factor.id} factor={factor} />
          ))}
        </ul>
        {mayReset && (
          <div>
            <ResetFactors userId={user.id} name={user.displayName} />
          </div>
        )}
      </div>
    </Card>
  );
}

function FactorLine({ factor }: { factor: UserDetail["factors"][number] }) {
  const t = useTranslations("accounts.page");
  const isApp = factor.type === "totp";
  return (
    <li className="flex min-w-0 items-start gap-2 text-sm">
      <Icon name={isApp ? "shield-check" : "key"} className="mt-0.5 text-ink-muted" />
      <span className="grid min-w-0">
        <span className="truncate font-medium">{factor.name}</span>
        <span className="text-xs text-ink-faint">
          {isApp ? t("app") : t("passkey")} ·{" "}
          {factor.lastUsedAt ? (
            <>
              {t("factorUsed")} <TimeAgo at={factor.lastUsedAt} />
            </>
          ) : (
            t("factorUnused")
          )}
        </span>
      </span>
    </li>
  );
}
