"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { requestVmsAction } from "@/app/actions/batches";
import { previewRequestAction } from "@/app/actions/requests";
import { CountField } from "@/components/batches/count-field";
import { StartField } from "@/components/calendar/start-field";
import { LifetimeField } from "@/components/lifetimes/lifetime-field";
import { RequestQuota } from "@/components/quotas/request-quota";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { PlaceFields } from "./place-fields";
import type { PlacementPreview, RequestVm } from "@/lib/requests/schema";
import { noTargets, questionOf, type Targets } from "./request-question";
import { RequestFailure } from "./request-failure";
import { RequestVerdict } from "./request-verdict";
import { settleChoice, type Choice, type Offer, type WantedChoice } from "./settle-choice";
import { SizeCards } from "./size-cards";
import { fieldValues, type FieldTexts } from "./field-values";
import { TargetFields } from "./target-fields";
import { TemplateCards } from "./template-cards";
import { TemplateFields } from "./template-fields";
import { useLiveAnswer } from "./use-live-answer";
import { useLiveErrors } from "./use-live-errors";

type RequestFormProps = { offer: Offer; initial: WantedChoice };

/** One page, one form; the verdict beside it answers while the choices are made. */
const visibleFields = [
  "serviceId",
  "namespace",
  "templateId",
  "instanceSizeId",
  "targetCpuCores",
  "targetMemoryGi",
  "targetDiskGb",
  "lifetimeDays",
  "count",
  "startAt",
  "reason",
];

export function RequestForm({ offer, initial }: RequestFormProps) {
  const t = useTranslations("requests");
  const [choice, setChoice] = useState(() => settleChoice(offer, initial));
  const [targets, setTargets] = useState<Targets>(noTargets);
  const [texts, setTexts] = useState<FieldTexts>({});
  const [startAt, setStartAt] = useState<string>();
  const offeredFields = offer.templates.find(({ id }) => id === choice.templateId)?.fields ?? [];
  const fields = fieldValues(offeredFields, texts);
  const { answer, askAgain } = useLiveAnswer<RequestVm, PlacementPreview>(
    questionOf(choice, { targets, fields, startAt }),
    previewRequestAction,
  );
  const errorOf = useLiveErrors(answer);
  const quota = answer.phase === "told" || answer.phase === "checking" ? answer.told?.quota : undefined;
  const namespace = offer.namespaces.find(({ name }) => name === choice.namespace);
  const service = offer.services.find(({ id }) => id === choice.serviceId);
  const size = offer.sizes.find(({ id }) => id === choice.instanceSizeId);

  function choose(change: Partial<Choice>) {
    const next = settleChoice(offer, { ...choice, ...change });
    // What was asked for within one size says nothing about another.
    if (next.instanceSizeId !== choice.instanceSizeId) setTargets(noTargets);
    setChoice(next);
  }

  return (
    <ActionForm
      action={requestVmsAction}
      className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,56rem)_23rem]"
    >
      <div className="grid min-w-0 gap-8">
        <Section title={t("form.where")}>
          <PlaceFields offer={offer} choice={choice} onChoose={choose} errorOf={errorOf} />
        </Section>
        <Section title={t("form.what")}>
          <TemplateCards
            templates={offer.templates}
            namespace={namespace}
            value={choice.templateId}
            onChoose={(templateId) => choose({ templateId })}
            error={errorOf("templateId")}
          />
          {offeredFields.length > 0 && (
            <TemplateFields fields={offeredFields} texts={texts} onChange={setTexts} errorOf={errorOf} />
          )}
          <input type="hidden" name="fields" value={fields === undefined ? "" : JSON.stringify(fields)} />
        </Section>
        <Section title={t("form.size")}>
          <SizeCards
            sizes={offer.sizes}
            namespace={namespace}
            value={choice.instanceSizeId}
            onChoose={(instanceSizeId) => choose({ instanceSizeId })}
            error={errorOf("instanceSizeId")}
          />
          {size && <TargetFields size={size} targets={targets} onChange={setTargets} errorOf={errorOf} />}
        </Section>
        <Section title={t("form.why")}>
          <Field name="reason" label={t("form.reason")} description={t("form.reasonHint")} required>
            <Textarea rows={3} maxLength={2000} placeholder={t("form.reasonExample")} />
          </Field>
          <StartField onChange={setStartAt} error={errorOf("startAt")} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <LifetimeField />
            <CountField />
          </div>
        </Section>
      </div>
      <aside className="grid min-w-0 gap-4 lg:sticky lg:top-16">
        <RequestVerdict answer={answer} onAskAgain={askAgain} namespace={namespace} service={service} />
        {quota && <RequestQuota quota={quota} />}
        <RequestFailure visibleFields={visibleFields} explanation={t("duplicate.explanation")} />
        <SubmitButton size="lg" className="w-full">
          {t("form.submit")}
        </SubmitButton>
        <p className="text-xs text-ink-faint">{t("form.afterwards")}</p>
      </aside>
    </ActionForm>
  );
}
