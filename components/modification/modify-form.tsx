"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { previewModificationAction, requestModificationAction } from "@/app/actions/modification";
import { fieldValues, type FieldTexts } from "@/components/requests/field-values";
import { RequestFailure } from "@/components/requests/request-failure";
import { TemplateFields } from "@/components/requests/template-fields";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/ui/use-error-text";
import type {
  ModificationPreview,
  ModifyContext,
  PreviewModification,
} from "@/lib/requests/modification/schema";
import { AmountFields } from "./amount-fields";
import { disksOf, noTexts, questionOf, type ModifyTexts, type ModifyWay } from "./modify-question";
import { ModifyVerdict } from "./modify-verdict";

const visibleFields = ["cpuCores", "memoryGi", "diskGb", "disks", "instanceSizeId", "reason"];

type ModifyFormProps = { context: ModifyContext; way: ModifyWay };

/** What the machine has beside what it is to have; the verdict answers while the choices are made. */
export function ModifyForm({ context, way }: ModifyFormProps) {
  const t = useTranslations("modification");
  const errorText = useErrorText();
  const [texts, setTexts] = useState<ModifyTexts>(noTexts);
  const [fieldTexts, setFieldTexts] = useState<FieldTexts>({});
  const fields = fieldValues(context.fields, fieldTexts);
  const { disks } = disksOf(texts);
  const { answer, askAgain } = useLiveAnswer<PreviewModification, ModificationPreview>(
    questionOf(context.vm.id, { texts, way, fields }),
    previewModificationAction,
  );
  const isWayBack = way.rollbackTo !== undefined || way.putBack === true;
  const errorOf = (field: string) => {
    const error = answer.phase === "refused" ? answer.failure.fields?.[field] : undefined;
    return error && errorText(error);
  };
  return (
    <ActionForm
      action={requestModificationAction}
      className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,56rem)_23rem]"
    >
      <div className="grid min-w-0 gap-8">
        <input type="hidden" name="vmId" value={context.vm.id} />
        {isWayBack ? (
          <WayBack way={way} />
        ) : (
          <>
            <Section title={t("form.amounts")}>
              <AmountFields
                context={context}
                texts={texts}
                onChange={setTexts}
                rows={answer.phase === "told" ? answer.told.rows : []}
                errorOf={errorOf}
              />
            </Section>
            {context.fields.length > 0 && (
              <Section title={t("form.others")} description={t("form.othersHint")}>
                <TemplateFields
                  fields={context.fields}
                  texts={fieldTexts}
                  onChange={setFieldTexts}
                  errorOf={errorOf}
                />
              </Section>
            )}
            <input type="hidden" name="disks" value={disks === undefined ? "" : JSON.stringify(disks)} />
            <input type="hidden" name="fields" value={fields === undefined ? "" : JSON.stringify(fields)} />
          </>
        )}
        <Section title={t("form.why")}>
          <Field name="reason" label={t("form.reason")} description={t("form.reasonHint")} required>
            <Textarea rows={3} maxLength={2000} placeholder={t("form.reasonExample")} />
          </Field>
        </Section>
      </div>
      <aside className="grid min-w-0 gap-4 lg:sticky lg:top-16">
        <ModifyVerdict answer={answer} onAskAgain={askAgain} />
        <RequestFailure visibleFields={visibleFields} explanation={t("form.duplicate")} />
        <SubmitButton size="lg" className="w-full">
          {t("form.submit")}
        </SubmitButton>
        <p className="text-xs text-ink-faint">{t("form.afterwards")}</p>
      </aside>
    </ActionForm>
  );
}

function WayBack({ way }: { way: ModifyWay }) {
  const t = useTranslations("modification");
  if (way.rollbackTo === undefined)
    return (
      <Callout title={t("form.putBack")}>
        {t("form.putBackText")}
        <input type="hidden" name="putBack" value="true" />
      </Callout>
    );
  return (
    <Callout title={t("form.rollback", { revision: way.rollbackTo })}>
      {t("form.rollbackText")}
      <input type="hidden" name="rollbackTo" value={way.rollbackTo} />
    </Callout>
  );
}
