import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { ExactTime } from "@/components/ui/exact-time";
import { LinkButton } from "@/components/ui/link-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Explanation, Remedy } from "@/lib/vms/explanation/schema";
import { severityTone } from "./severity-tone";
import { ToldWords } from "./told-words";

/** Why a machine is as it is and what helps, with the words that say so below; nothing where there is nothing to say. */
export function VmExplanation({ explanation }: { explanation: Explanation | null }) {
  const t = useTranslations("explanation");
  if (explanation === null) return null;
  const { code, params, remedy, severity, since, raw } = explanation;
  return (
    <Callout
      tone={severityTone[severity]}
      role="status"
      title={t(`cause.${code}`, params)}
      actions={<RemedyLink link={remedy?.link ?? null} />}
    >
      {remedy && <p>{t(`remedy.${remedy.code}`, remedy.params)}</p>}
      <Moment label={t("waitsUntil")} at={params["at"]} />
      <Moment label={t("nextTry")} at={params["retryAt"]} />
      {since && (
        <p className="text-xs text-ink-faint">
          {t("since")} <TimeAgo at={since} />
        </p>
      )}
      <ToldWords told={raw} />
    </Callout>
  );
}

function Moment({ label, at }: { label: string; at: string | number | undefined }) {
  if (typeof at !== "string") return null;
  return (
    <p>
      {label}: <ExactTime at={at} />
    </p>
  );
}

const addresses = {
  request: (id: string) => `/requests/${id}`,
  console: (id: string) => `/vms/${id}/console`,
  cluster: (id: string) => `/admin/clusters/${id}`,
};

function RemedyLink({ link }: { link: Remedy["link"] }) {
  const t = useTranslations("explanation");
  if (link === null) return null;
  return (
    <LinkButton size="sm" href={addresses[link.to](link.id)}>
      {t(`link.${link.to}`)}
    </LinkButton>
  );
}
