import { useTranslations } from "next-intl";
import { useRoleName } from "@/components/access/role-words";
import { ExactTime } from "@/components/ui/exact-time";
import type { Eligibility, EligiblePerson } from "@/lib/requests/workflows/schema";

/** People by name, each with the reason why they may decide. */
export function EligiblePeople({ people }: { people: readonly EligiblePerson[] }) {
  return (
    <ul className="grid gap-1">
      {people.map(({ id, displayName, username, why }) => (
        <li key={id} className="min-w-0 break-words">
          <span className="font-medium text-ink" title={username}>
            {displayName}
          </span>{" "}
          <span className="text-ink-muted">
            {why.slice(0, reasonsShown).map((reason, index) => (
              <span key={index}>
                {index > 0 && "; "}
                <WhyEligible reason={reason} />
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const reasonsShown = 2;

function WhyEligible({ reason }: { reason: Eligibility }) {
  const t = useTranslations("workflows.why");
  const text = useReasonText();
  const { standsInFor, until } = reason;
  if (standsInFor === null) return text(reason);
  return (
    <>
      {t("standsIn", { name: standsInFor.displayName })}
      {until && (
        <>
          {" "}
          {t("until")} <ExactTime at={until} />
        </>
      )}{" "}
      ({text(reason)})
    </>
  );
}

function useReasonText(): (reason: Eligibility) => string {
  const t = useTranslations("workflows.why");
  const roleName = useRoleName();
  return ({ kind, through, roleId, scope }) => {
    const role = roleId === null ? (through ?? "") : roleName({ id: roleId, displayName: through ?? roleId });
    switch (kind) {
      case "user":
        return t("user");
      case "role":
      case "holders":
        return scope === null ? t("roleEverywhere", { role }) : t("roleOn", { role, system: scope });
      case "owners":
      case "keepers":
        return t(scope === "admin" ? "admin" : "owner", { system: through ?? "" });
      case "cohort":
        return t("cohort", { name: through ?? "" });
      case "administrator":
        return t("administrator");
    }
  };
}
