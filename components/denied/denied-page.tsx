import { useTranslations } from "next-intl";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { LinkButton } from "@/components/ui/link-button";
import type { DenialExplanation, ExplainDenial } from "@/lib/access/schema";
import { askableRoles } from "@/lib/vocabulary/askable-roles";

type DeniedPageProps = {
  denied: ExplainDenial;
  explanation: DenialExplanation;
  requestId: string;
};

/** What is missing, on what, who can give it, and the way to ask for it. */
export function DeniedPage({ denied, explanation, requestId }: DeniedPageProps) {
  const t = useTranslations("denied");
  const { missing, systemName } = explanation;
  return (
    <ForbiddenState
      permission={denied.permission}
      explanation={missing === "role" ? <MissingRole denied={denied} systemName={systemName} /> : undefined}
      missing={t(`permission.${denied.permission}`)}
      scope={<Scope systemName={systemName} environment={denied.environment} />}
      ask={<Givers givers={explanation.givers} />}
      requestId={requestId}
      action={<WaysOn denied={denied} explanation={explanation} />}
    />
  );
}

function MissingRole({ denied, systemName }: { denied: ExplainDenial; systemName: string | null }) {
  const t = useTranslations("denied");
  return t("missingRole", {
    needed: denied.roleNeeded ?? "member",
    held: denied.roleHeld ?? "none",
    system: systemName ?? t("thisSystem"),
  });
}

function Scope({ systemName, environment }: { systemName: string | null; environment: string | undefined }) {
  const t = useTranslations("denied");
  if (systemName !== null && environment !== undefined)
    return t("scope.both", { system: systemName, environment });
  if (systemName !== null) return t("scope.system", { system: systemName });
  return environment === undefined ? t("scope.everywhere") : t("scope.environment", { environment });
}

function Givers({ givers }: { givers: DenialExplanation["givers"] }) {
  const t = useTranslations("denied");
  if (givers.length === 0) return t("nobodyGives");
  return (
    <ul>
      {givers.map(({ username, displayName }) => (
        <li key={username}>
          {displayName} <span className="text-ink-faint">{username}</span>
        </li>
      ))}
    </ul>
  );
}

function WaysOn({ denied, explanation: { missing, systemId } }: Omit<DeniedPageProps, "requestId">) {
  const t = useTranslations("denied");
  const role = askableRoles.find((each) => each === denied.roleNeeded);
  if (missing !== "role" || systemId === null || role === undefined)
    return <LinkButton href="/">{t("home")}</LinkButton>;
  const query = new URLSearchParams({ system: systemId, role });
  return (
    <>
      <LinkButton href={`/access/request?${query.toString()}`} variant="primary">
        {t("requestAccess")}
      </LinkButton>
      <LinkButton href={`/systems/${systemId}`}>{t("openSystem")}</LinkButton>
    </>
  );
}
