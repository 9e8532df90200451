import { useTranslations } from "next-intl";
import { takeBackAction } from "@/app/actions/desks";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { RequestDetail } from "@/lib/requests/schema";

type OutsideCardProps = {
  request: Pick<RequestDetail, "id" | "externalState" | "outside">;
  /** For whoever keeps the desks: what went wrong there, and the way back. */
  mayTakeBack: boolean;
};

/** Where a request lies outside the portal, and what became of it there. */
export function OutsideCard({ request: { id, externalState, outside }, mayTakeBack }: OutsideCardProps) {
  const t = useTranslations("approvals");
  if (externalState === null || outside === null) return null;
  const { system, externalId, url, error } = outside;
  const isThere = externalState === "sending" || externalState === "waiting";
  return (
    <Callout
      tone={externalState === "fallback" ? "warning" : "info"}
      title={t(`outside.${externalState}`, { system })}
      actions={mayTakeBack && isThere ? <TakeBack ticketId={id} system={system} /> : undefined}
    >
      {externalId !== null && (
        <p>
          {url === null ? (
            <span className="font-mono text-xs">{externalId}</span>
          ) : (
            <a href={url} target="_blank" rel="noreferrer" className="underline underline-offset-3">
              {externalId}
            </a>
          )}
        </p>
      )}
      {mayTakeBack && error !== null && <p className="text-xs break-words">{error}</p>}
    </Callout>
  );
}

function TakeBack({ ticketId, system }: { ticketId: string; system: string }) {
  const t = useTranslations("approvals");
  return (
    <ConfirmAction
      trigger={<Button size="sm">{t("outside.takeBack")}</Button>}
      title={t("outside.takeBackTitle", { system })}
      description={t("outside.takeBackText", { system })}
      confirmLabel={t("outside.takeBack")}
      action={takeBackAction}
      hidden={{ ticketId }}
      successMessage={t("outside.takenBack")}
    >
      <Field name="reason" label={t("reject.reason")} optional>
        <Textarea rows={2} maxLength={2000} />
      </Field>
    </ConfirmAction>
  );
}
