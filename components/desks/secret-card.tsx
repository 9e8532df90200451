import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DeskDetail, SecretName } from "@/lib/requests/desks/schema";
import { RotateSecret } from "./rotate-secret";

const shown: Record<DeskDetail["type"], readonly SecretName[]> = {
  webhook: ["signing_key", "callback_secret", "credentials", "headers"],
  servicenow: ["credentials", "headers", "callback_secret"],
  jira: ["credentials", "headers", "callback_secret"],
};

/** Which secrets are kept, since when, and until when a former one still counts. */
export function SecretCard({ desk }: { desk: DeskDetail }) {
  const t = useTranslations("desks.secrets");
  return (
    <Card title={t("title")} flush>
      <ul className="divide-y">
        {shown[desk.type].map((name) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2.5 text-sm">
            <span className="grid min-w-0">
              <span>{t(`name.${name}`)}</span>
              <span className="text-xs text-ink-muted">
                <SecretState facts={desk.secrets[name]} />
              </span>
            </span>
            {(name === "signing_key" || name === "callback_secret") && (
              <RotateSecret deskId={desk.id} secret={name} isSet={desk.secrets[name].set} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function SecretState({ facts }: { facts: DeskDetail["secrets"][SecretName] }) {
  const t = useTranslations("desks.secrets");
  if (facts.since === null) return t("notSet");
  const since = facts.since;
  const { formerUntil } = facts;
  return (
    <>
      {t.rich("setSince", { time: () => <TimeAgo at={since} /> })}
      {formerUntil !== null && <> · {t.rich("former", { time: () => <TimeAgo at={formerUntil} /> })}</>}
    </>
  );
}
