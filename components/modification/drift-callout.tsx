import { useTranslations } from "next-intl";
import { acceptDriftAction } from "@/app/actions/modification";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Textarea } from "@/components/ui/textarea";
import { TimeAgo } from "@/components/ui/time-ago";
import type { LiveSpec } from "@/lib/vms/modification/schema";
import { useSettingWords } from "./use-setting-words";

type DriftCalloutProps = { vmId: string; live: LiveSpec | null; isPermitted: boolean };

/** Somebody has changed the machine in its cluster: what, since when, and what can be done about it. */
export function DriftCallout({ vmId, live, isPermitted }: DriftCalloutProps) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  const since = live?.driftSince ?? null;
  if (live?.drift == null || since === null) return null;
  return (
    <Callout
      tone="warning"
      title={t("drift.title")}
      actions={isPermitted ? <DriftActions vmId={vmId} /> : undefined}
    >
      <p>{t.rich("drift.text", { time: () => <TimeAgo at={since} /> })}</p>
      <ul className="mt-1 list-disc pl-4">
        {live.drift.map(({ field, wanted, live: now }) => (
          <li key={field}>
            {t("drift.row", {
              field: nameOf(field),
              wanted: valueOf(field, wanted),
              live: valueOf(field, now),
            })}
          </li>
        ))}
      </ul>
    </Callout>
  );
}

function DriftActions({ vmId }: { vmId: string }) {
  const t = useTranslations("modification");
  return (
    <>
      <ConfirmAction
        trigger={<Button size="sm">{t("drift.accept")}</Button>}
        title={t("drift.acceptTitle")}
        description={t("drift.acceptText")}
        confirmLabel={t("drift.accept")}
        action={acceptDriftAction}
        hidden={{ vmId }}
        successMessage={t("drift.accepted")}
      >
        <Field name="reason" label={t("drift.reason")} required>
          <Textarea rows={2} maxLength={2000} />
        </Field>
      </ConfirmAction>
      <LinkButton href={`/vms/${vmId}/modify?putBack=true`} size="sm">
        {t("drift.putBack")}
      </LinkButton>
    </>
  );
}
