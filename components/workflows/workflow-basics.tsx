"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Names } from "./approver-list";
import { ConditionFields } from "./condition-fields";
import type { WorkflowDraft } from "./workflow-draft";

interface WorkflowBasicsProps {
  draft: WorkflowDraft;
  names: Names;
  onChange: (part: Partial<WorkflowDraft>) => void;
}

/** What it is called, which requests it leads, and before which others. */
export function WorkflowBasics({ draft, names, onChange }: WorkflowBasicsProps) {
  const t = useTranslations("workflows.form");
  const { match } = draft;
  return (
    <>
      <Card title={t("basics")}>
        <NameFields draft={draft} onChange={onChange} />
      </Card>
      <Card title={t("match")} description={t("matchHint")}>
        <div className="grid gap-4">
          <Field name="match.systemId" label={t("system")}>
            <Select
              value={match.systemId ?? ""}
              onChange={(event) => onChange({ match: { ...match, systemId: event.target.value || null } })}
              options={[
                { value: "", label: t("anySystem") },
                ...names.systems.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <ConditionFields
            path="match."
            condition={match}
            names={names}
            onChange={(part) => onChange({ match: { ...match, ...part } })}
          />
        </div>
      </Card>
    </>
  );
}

function NameFields({ draft, onChange }: Omit<WorkflowBasicsProps, "names">) {
  const t = useTranslations("workflows.form");
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <Field name="name" label={t("name")} required>
          <Input
            maxLength={80}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field name="priority" label={t("priority")} required>
          <Input
            type="number"
            min={1}
            max={10_000}
            value={draft.priority}
            onChange={(event) => onChange({ priority: Number(event.target.value) })}
          />
        </Field>
      </div>
      <Field name="description" label={t("description")} optional>
        <Textarea
          rows={2}
          maxLength={500}
          value={draft.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
      <Checkbox
        name=""
        checked={draft.enabled}
        onChange={(event) => onChange({ enabled: event.target.checked })}
        label={t("enabled")}
        description={t("enabledHint")}
      />
    </div>
  );
}
