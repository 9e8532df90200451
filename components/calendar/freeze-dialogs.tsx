import { useTranslations } from "next-intl";
import { addFreezeAction, removeFreezeAction, updateFreezeAction } from "@/app/actions/calendar";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import type { FreezeRow } from "@/lib/requests/calendar/schema";
import { CalendarForm } from "./calendar-form";
import { MomentInput } from "./moment-input";
import { OperationChoice } from "./operation-choice";

const fields = ["environment", "reason", "startsAt", "endsAt"];

export function AddFreeze({ environments }: { environments: readonly SelectOption[] }) {
  const t = useTranslations("calendar.freeze");
  return (
    <Dialog title={t("addTitle")} trigger={<Button>{t("add")}</Button>} width="lg">
      <CalendarForm action={addFreezeAction} submitLabel={t("add")} fields={fields}>
        <FreezeFields environments={environments} />
      </CalendarForm>
    </Dialog>
  );
}

type OfFreeze = { freeze: FreezeRow; environments: readonly SelectOption[] };

export function EditFreeze({ freeze, environments }: OfFreeze) {
  const t = useTranslations("calendar.freeze");
  return (
    <Dialog
      title={t("editTitle")}
      width="lg"
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <CalendarForm
        action={updateFreezeAction}
        submitLabel={t("save")}
        fields={fields}
        hidden={{ freezeId: freeze.id, revision: String(freeze.revision) }}
      >
        <FreezeFields freeze={freeze} environments={environments} />
      </CalendarForm>
    </Dialog>
  );
}

export function RemoveFreeze({ freeze }: { freeze: FreezeRow }) {
  const t = useTranslations("calendar.freeze");
  return (
    <Dialog
      alert
      title={t("removeTitle")}
      description={t("removeText")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("remove")}
        </Button>
      }
    >
      <CalendarForm
        action={removeFreezeAction}
        submitLabel={t("remove")}
        fields={[]}
        hidden={{ freezeId: freeze.id }}
        tone="danger"
      />
    </Dialog>
  );
}

type FreezeFieldsProps = { freeze?: FreezeRow; environments: readonly SelectOption[] };

function FreezeFields({ freeze, environments }: FreezeFieldsProps) {
  const t = useTranslations("calendar");
  return (
    <>
      <Field name="environment" label={t("freeze.environment")}>
        <Select
          defaultValue={freeze?.environment ?? ""}
          options={[{ value: "", label: t("everywhere") }, ...environments]}
        />
      </Field>
      <Field name="reason" label={t("freeze.reason")} hint={t("freeze.reasonHint")} required>
        <Input maxLength={200} autoComplete="off" defaultValue={freeze?.reason} />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="startsAt" label={t("freeze.startsAt")} required>
          <MomentInput name="startsAt" at={freeze?.startsAt} />
        </Field>
        <Field name="endsAt" label={t("freeze.endsAt")} required>
          <MomentInput name="endsAt" at={freeze?.endsAt} />
        </Field>
      </div>
      <OperationChoice chosen={freeze?.operations ?? []} />
    </>
  );
}
