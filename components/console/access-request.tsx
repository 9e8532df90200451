"use client";

import { useTranslations } from "next-intl";
import { askForConsoleAction } from "@/app/actions/console";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ExactTime } from "@/components/ui/exact-time";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";

const minutesOffered = [15, 30, 60, 120];

interface AccessRequestProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
}

/** Where a console needs an approval: why, for how long, and what became of the last time. */
export function AccessRequest({ access, consoleType }: AccessRequestProps) {
  const t = useTranslations("console.ask");
  const words = (minutes: number) =>
    minutes < 60 ? t("minutesOption", { count: minutes }) : t("hoursOption", { count: minutes / 60 });
  return (
    <Card
      title={t("title")}
      description={t("text", { name: access.vmName, environment: access.environment })}
    >
      <div className="grid max-w-xl gap-4">
        <LastRequest access={access} />
        <ActionForm action={askForConsoleAction} className="grid gap-4">
          <HiddenInputs values={{ vmId: access.vmId, consoleType, covers: "console" }} />
          <FormMessage visibleFields={["reason", "minutes"]} />
          <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
            <Textarea maxLength={2000} rows={3} />
          </Field>
          <Field name="minutes" label={t("minutes")} required>
            <Select
              defaultValue="30"
              className="max-w-48"
              options={minutesOffered.map((minutes) => ({ value: String(minutes), label: words(minutes) }))}
            />
          </Field>
          <Checkbox
            name="covers"
            value="restart"
            label={t("coversRestart")}
            description={t("coversRestartHint")}
          />
          <div>
            <SubmitButton>{t("submit")}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Card>
  );
}

function LastRequest({ access: { request } }: { access: ConsoleAccess }) {
  const t = useTranslations("console.ask");
  if (request === null) return null;
  if (request.status === "REJECTED") {
    return (
      <Callout tone="danger" title={t("rejected")}>
        {request.rejectReason !== null && t("rejectedReason", { reason: request.rejectReason })}
      </Callout>
    );
  }
  if (request.status === "CANCELLED") return <Callout tone="neutral" title={t("cancelled")} />;
  const { grantEndedAt } = request;
  if (grantEndedAt === null) return null;
  return (
    <Callout tone="info" title={t("over")}>
      {t.rich("overAt", { time: () => <ExactTime at={grantEndedAt} /> })}
    </Callout>
  );
}
