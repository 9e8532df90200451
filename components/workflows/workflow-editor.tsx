"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState } from "react";
import { createWorkflowAction, updateWorkflowAction } from "@/app/actions/workflows";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { SubmitButton } from "@/components/ui/submit-button";
import { previewDays } from "@/components/policies/affected-panel";
import { WorkflowEffect } from "@/components/policies/workflow-effect";
import type { Names } from "./approver-list";
import { StepCard } from "./step-card";
import { WorkflowBasics } from "./workflow-basics";
import { moved, newStep, replaced, without, type WorkflowDraft } from "./workflow-draft";
import { WorkflowTester } from "./workflow-tester";

const WorkflowGraph = dynamic(() => import("./workflow-graph").then((module) => module.WorkflowGraph), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

interface WorkflowEditorProps {
  initial: WorkflowDraft;
  /** Null for a new one. */
  stored: { workflowId: string; revision: number; waiting: number } | null;
  names: Names;
}

/** The form is the truth; the drawing and the test beside it follow what is typed. */
export function WorkflowEditor({ initial, stored, names }: WorkflowEditorProps) {
  const t = useTranslations("workflows.form");
  const [draft, setDraft] = useState(initial);
  const change = (part: Partial<WorkflowDraft>) => setDraft((before) => ({ ...before, ...part }));

  function save(): Promise<ActionResult<unknown>> {
    if (stored === null) return createWorkflowAction(draft);
    const { workflowId, revision } = stored;
    return updateWorkflowAction({ ...draft, workflowId, revision });
  }

  return (
    <div className="grid min-w-0 items-start gap-5 min-[1100px]:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_30rem]">
      <ActionForm action={save} successMessage={t("saved")} className="grid min-w-0 gap-5">
        <WorkflowBasics draft={draft} names={names} onChange={change} />
        <StepCards draft={draft} names={names} onChange={change} />
        <FormEnd stored={stored} />
      </ActionForm>
      <aside className="grid min-w-0 gap-5 min-[1100px]:sticky min-[1100px]:top-18">
        <Card title={t("drawing")} flush>
          <WorkflowGraph steps={draft.steps} />
        </Card>
        <WorkflowTester steps={draft.steps} names={names} />
        <Card title={t("effect")}>
          <WorkflowEffect question={effectQuestion(draft, stored?.workflowId ?? null)} />
        </Card>
      </aside>
    </div>
  );
}

function effectQuestion(workflow: WorkflowDraft, replacesId: string | null) {
  return workflow.name.trim() === "" ? null : { days: previewDays, workflow, replacesId };
}

interface StepCardsProps {
  draft: WorkflowDraft;
  names: Names;
  onChange: (part: Partial<WorkflowDraft>) => void;
}

function StepCards({ draft: { steps }, names, onChange }: StepCardsProps) {
  const t = useTranslations("workflows.form");
  return (
    <section aria-label={t("steps")} className="grid min-w-0 gap-4">
      {steps.map((step, index) => (
        <StepCard
          key={index}
          index={index}
          count={steps.length}
          step={step}
          names={names}
          onChange={(part) => onChange({ steps: replaced(steps, index, { ...step, ...part }) })}
          onMove={(by) => onChange({ steps: moved(steps, index, by) })}
          onRemove={() => onChange({ steps: without(steps, index) })}
        />
      ))}
      <div>
        <Button
          onClick={() => onChange({ steps: [...steps, newStep()] })}
          disabled={steps.length >= stepsMax}
        >
          {t("addStep")}
        </Button>
      </div>
    </section>
  );
}

const stepsMax = 20;

function FormEnd({ stored }: Pick<WorkflowEditorProps, "stored">) {
  const t = useTranslations("workflows.form");
  return (
    <Card>
      <div className="grid gap-3">
        <FormMessage visibleFields={["name", "description", "priority"]} />
        <p className="text-sm text-ink-muted">
          {stored === null ? t("effectNew") : t("effect", { count: stored.waiting })}
        </p>
        <div className="flex flex-wrap gap-2">
          <SubmitButton>{t(stored === null ? "create" : "save")}</SubmitButton>
          <LinkButton href="/admin/workflows" variant="ghost">
            {t("cancel")}
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}
