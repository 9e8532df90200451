import { useTranslations } from "next-intl";
import { revokeConsoleAction } from "@/app/actions/console";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Textarea } from "@/components/ui/textarea";
import type { LiveSession } from "@/lib/console/schema";

const reasonLengthMax = 2_000;

/** Looking on, and ending it. */
export function SessionActions({ session }: { session: LiveSession }) {
  const t = useTranslations("sessions");
  const { jti, vmId, vmName, consoleType, mode, displayName: name } = session;
  const page = consoleType === "serial" ? `/vms/${vmId}/console/serial` : `/vms/${vmId}/console`;
  return (
    <span className="relative z-1 flex flex-wrap justify-end gap-2">
      {mode === "control" && (
        <LinkButton href={page} size="sm" variant="secondary">
          {t("observe")}
        </LinkButton>
      )}
      <ConfirmAction
        trigger={
          <Button size="sm" variant="danger-quiet">
            {t("end.label")}
          </Button>
        }
        title={t("end.title", { name, vm: vmName })}
        description={t("end.text", { name })}
        confirmLabel={t("end.label")}
        action={revokeConsoleAction}
        hidden={{ jti, vmId }}
        tone="danger"
        successMessage={t("end.done", { name })}
      >
        <Field name="reason" label={t("end.reason")} hint={t("end.reasonHint", { name })}>
          <Textarea rows={3} maxLength={reasonLengthMax} required />
        </Field>
      </ConfirmAction>
    </span>
  );
}
