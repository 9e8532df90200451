"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { previewChangesAction } from "@/app/actions/policies";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PolicyOptions } from "@/lib/requests/policies/schema";
import type { ChangesPreview, PreviewChanges } from "@/lib/requests/replays/schema";
import { AffectedPanel, previewDays } from "./affected-panel";
import { ConditionFields } from "./condition-fields";
import { EffectFields } from "./effect-fields";
import { PolicyNames } from "./policy-names";
import { StateChoice } from "./state-choice";
import { questionOf, type PolicyDraft } from "./policy-draft";

interface PolicyFormProps {
  action: (form: FormData) => Promise<ActionResult>;
  options: PolicyOptions;
  initial: PolicyDraft;
  description: string;
  /** What is posted along: the rule and its revision, or the rule that a new one would replace. */
  hidden?: Record<string, string>;
  /** The rule whose place the typed one takes when past requests are asked again. */
  replacesId: string | null;
  kind: "new" | "draft" | "edit";
  isNameFixed: boolean;
  isActive: boolean;
  cancelHref: string;
}

const visibleFields = [
  ...["name", "description", "operation", "priority", "effect", "workflowId", "environmentName", "systemId"],
  ...["requesterRole", "minCpuCores", "minMemoryGi", "minDiskGb", "requiresGpu", "state"],
];

/** The editor of a rule; beside it, what it would have changed lately. */
export function PolicyForm(props: PolicyFormProps) {
  const t = useTranslations("policies.form");
  const { action, options, initial, hidden, replacesId, kind } = props;
  const [draft, setDraft] = useState(initial);
  const { answer } = useLiveAnswer<PreviewChanges, ChangesPreview>(
    questionOf(draft, { days: previewDays, replacesId }),
    previewChangesAction,
  );
  const change = (part: Partial<PolicyDraft>) => setDraft({ ...draft, ...part });
  return (
    <ActionForm
      action={action}
      successMessage={t("saved")}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(19rem,1fr)]"
    >
      <HiddenInputs values={hidden} />
      <div className="grid min-w-0 gap-5">
        <PolicyNames {...props} draft={draft} onChange={change} />
        <EffectFields draft={draft} onChange={change} workflows={options.workflows} />
        <ConditionFields draft={draft} onChange={change} options={options} />
      </div>
      <aside className="grid min-w-0 gap-4 lg:sticky lg:top-18">
        <AffectedCard answer={answer} />
        {kind !== "edit" && <StateChoice isDraft={kind === "draft"} />}
        <FormMessage visibleFields={visibleFields} />
        <FormEnd {...props} />
      </aside>
    </ActionForm>
  );
}

function AffectedCard({ answer }: Parameters<typeof AffectedPanel>[0]) {
  const t = useTranslations("policies.affected");
  return (
    <Card title={t("title")}>
      <AffectedPanel answer={answer} />
    </Card>
  );
}

function FormEnd({ kind, isActive, cancelHref }: PolicyFormProps) {
  const t = useTranslations("policies.form");
  const label = { new: t("create"), draft: t("createDraft"), edit: t("save") }[kind];
  return (
    <div className="grid gap-2">
      {kind === "edit" && (
        <p className="text-xs text-ink-muted">{t(isActive ? "saveNote" : "saveNoteQuiet")}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{label}</SubmitButton>
        <LinkButton href={cancelHref} variant="ghost">
          {t("cancel")}
        </LinkButton>
      </div>
    </div>
  );
}
