import { useTranslations } from "next-intl";
import { removeRejectReasonAction, setRejectReasonAction } from "@/app/actions/requests";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { RejectReasonRow } from "@/lib/requests/reject-reasons/schema";

const fields = ["textEn", "textZh", "about", "position", "enabled"];
const blank: Omit<RejectReasonRow, "id"> = {
  about: "all",
  position: 100,
  textEn: "",
  textZh: "",
  enabled: true,
};

export function AddReason() {
  const t = useTranslations("approvals.reasons");
  return (
    <Dialog title={t("add")} trigger={<Button variant="primary">{t("add")}</Button>}>
      <DialogForm
        action={setRejectReasonAction}
        submitLabel={t("add")}
        successMessage={t("added")}
        fields={fields}
      >
        <ReasonFields reason={blank} />
      </DialogForm>
    </Dialog>
  );
}

export function EditReason({ reason }: { reason: RejectReasonRow }) {
  const t = useTranslations("approvals.reasons");
  return (
    <Dialog
      title={t("editTitle")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <DialogForm
        action={setRejectReasonAction}
        submitLabel={t("save")}
        successMessage={t("saved")}
        fields={fields}
        hidden={{ id: reason.id }}
      >
        <ReasonFields reason={reason} />
      </DialogForm>
    </Dialog>
  );
}

export function RemoveReason({ reason }: { reason: RejectReasonRow }) {
  const t = useTranslations("approvals.reasons");
  return (
    <ConfirmAction
      trigger={
        <Button variant="danger-quiet" size="sm">
          {t("remove")}
        </Button>
      }
      title={t("removeTitle")}
      description={t("removeText")}
      confirmLabel={t("remove")}
      action={removeRejectReasonAction}
      hidden={{ id: reason.id }}
      tone="danger"
      successMessage={t("removed")}
    />
  );
}

function ReasonFields({ reason }: { reason: Omit<RejectReasonRow, "id"> }) {
  const t = useTranslations("approvals.reasons");
  return (
    <>
      <Field name="textEn" label={t("textEn")} hint={t("textHint")} required>
        <Textarea rows={2} maxLength={500} defaultValue={reason.textEn} lang="en" />
      </Field>
      <Field name="textZh" label={t("textZh")} required>
        <Textarea rows={2} maxLength={500} defaultValue={reason.textZh} lang="zh-CN" />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="about" label={t("about")}>
          <Select
            defaultValue={reason.about}
            options={[
              { value: "all", label: t("aboutAll") },
              { value: "machine", label: t("aboutMachine") },
              { value: "access", label: t("aboutAccess") },
            ]}
          />
        </Field>
        <Field name="position" label={t("position")}>
          <Input
            type="number"
            inputMode="numeric"
            min={0}
            max={10000}
            step={1}
            defaultValue={reason.position}
          />
        </Field>
      </div>
      <HiddenInputs values={{ enabled: "false" }} />
      <Switch name="enabled" label={t("enabled")} defaultChecked={reason.enabled} />
    </>
  );
}
