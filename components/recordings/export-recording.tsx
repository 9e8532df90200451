"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { exportRecordingAction } from "@/app/actions/recordings";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { ConsoleType } from "@/lib/console/rules";

/** A file that leaves the portal, with a reason on record. */
export function ExportRecording({
  recordingId,
  consoleType,
}: {
  recordingId: string;
  consoleType: ConsoleType;
}) {
  const t = useTranslations("recordings.export");
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      title={t("title")}
      description={t(consoleType === "serial" ? "textFile" : "screenFile")}
      trigger={<Button>{t("open")}</Button>}
    >
      <ActionForm
        action={exportRecordingAction}
        onSuccess={({ filePath }) => {
          setOpen(false);
          fetchFile(filePath);
        }}
        successMessage={t("begun")}
        className="grid min-w-0 gap-4"
      >
        <HiddenInputs values={{ recordingId }} />
        <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
          <Textarea rows={3} maxLength={500} />
        </Field>
        <FormMessage visibleFields={["reason"]} />
        <AlertActions>
          <SubmitButton>{t("submit")}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </Dialog>
  );
}

/** The browser fetches it beside the page, which stays as it is whatever the answer. */
function fetchFile(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  link.download = "";
  link.click();
}
