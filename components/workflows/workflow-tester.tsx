"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { testWorkflowAction } from "@/app/actions/workflows";
import { useOperationName } from "@/components/policies/policy-words";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PreviewedSteps, StepDefinition, TestWorkflow } from "@/lib/requests/workflows/schema";
import { operations } from "@/lib/vocabulary/operations";
import type { Names } from "./approver-list";
import { numberOf } from "./workflow-draft";
import { PreviewedStepList } from "./previewed-step-list";

type Question = Omit<TestWorkflow, "steps" | "costClass">;

interface WorkflowTesterProps {
  /** What is typed asks itself; without it, whichever workflow would be chosen. */
  steps?: readonly StepDefinition[];
  names: Names;
}

/** "Who would approve this?", answered while it is asked. */
export function WorkflowTester({ steps, names }: WorkflowTesterProps) {
  const t = useTranslations("workflows.tester");
  const [question, setQuestion] = useState<Question>({
    operation: "CREATE_VM",
    systemId: names.systems[0]?.id ?? "",
    environment: names.environments[0]?.id ?? null,
    gpus: 0,
  });
  const asked = question.systemId === "" ? null : { ...question, ...(steps ? { steps: [...steps] } : {}) };
  const { answer } = useLiveAnswer<TestWorkflow, PreviewedSteps>(asked, testWorkflowAction);
  const told = answer.phase === "told" || answer.phase === "checking" ? answer.told : null;
  return (
    <Card title={t("title")} description={t("hint")}>
      <div className="grid gap-4">
        <PlaceQuestion question={question} names={names} onChange={setQuestion} />
        <SizeQuestion question={question} onChange={setQuestion} />
        <div aria-live="polite" className="grid gap-3 text-sm">
          {names.systems.length === 0 && <p className="text-ink-muted">{t("noSystem")}</p>}
          {answer.phase === "refused" && <p className="text-danger">{t("refused")}</p>}
          {told && <PreviewedStepList previewed={told} isDraft={steps !== undefined} />}
        </div>
      </div>
    </Card>
  );
}

interface QuestionProps {
  question: Question;
  onChange: (question: Question) => void;
}

function PlaceQuestion({ question, names, onChange }: QuestionProps & { names: Names }) {
  const t = useTranslations("workflows.tester");
  const nameOf = useOperationName();
  return (
    <>
      <Field name="operation" label={t("operation")}>
        <Select
          value={question.operation}
          onChange={(event) => {
            const operation = operations.find((one) => one === event.target.value) ?? "CREATE_VM";
            onChange({ ...question, operation });
          }}
          options={operations.map((value) => ({ value, label: nameOf(value) }))}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field name="systemId" label={t("system")}>
          <Select
            value={question.systemId}
            onChange={(event) => onChange({ ...question, systemId: event.target.value })}
            options={names.systems.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="environment" label={t("environment")}>
          <Select
            value={question.environment ?? ""}
            onChange={(event) => onChange({ ...question, environment: event.target.value })}
            options={names.environments.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      </div>
      <Field name="requesterId" label={t("requester")}>
        <Select
          value={question.requesterId ?? ""}
          onChange={(event) => {
            const { requesterId: _before, ...rest } = question;
            onChange(event.target.value === "" ? rest : { ...rest, requesterId: event.target.value });
          }}
          options={[
            { value: "", label: t("myself") },
            ...names.users.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
    </>
  );
}

const sizes = ["cpuCores", "memoryGi", "diskGb", "gpus"] as const;

function SizeQuestion({ question, onChange }: QuestionProps) {
  const t = useTranslations("workflows.tester");
  return (
    <div className="grid grid-cols-4 gap-2">
      {sizes.map((name) => (
        <Field key={name} name={name} label={t(name)}>
          <Input
            type="number"
            min={0}
            value={question[name] ?? ""}
            onChange={(event) => {
              const { [name]: _before, ...rest } = question;
              const value = numberOf(event.target.value);
              onChange({ gpus: 0, ...rest, ...(value === null || value === 0 ? {} : { [name]: value }) });
            }}
          />
        </Field>
      ))}
    </div>
  );
}
