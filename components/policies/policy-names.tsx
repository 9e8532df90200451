import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { policyOperations } from "@/lib/requests/policies/schema";
import type { PolicyDraft } from "./policy-draft";
import { useOperationName } from "./policy-words";

export interface DraftProps {
  draft: PolicyDraft;
  onChange: (part: Partial<PolicyDraft>) => void;
}

interface PolicyNamesProps extends DraftProps {
  description: string;
  isNameFixed: boolean;
}

/** What it is called, which operation it is about, and when it is its turn. */
export function PolicyNames({ draft, onChange, description, isNameFixed }: PolicyNamesProps) {
  const t = useTranslations("policies.form");
  const nameOf = useOperationName();
  return (
    <Card title={t("rule")}>
      <div className="grid gap-4">
        <Field name="name" label={t("name")} hint={t(isNameFixed ? "nameFixed" : "nameHint")} required>
          <Input
            value={draft.name}
            readOnly={isNameFixed}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <Field name="operation" label={t("operation")} required>
            <Select
              value={draft.operation}
              onChange={(event) => onChange({ operation: event.target.value })}
              options={policyOperations.map((value) => ({ value, label: nameOf(value) }))}
            />
          </Field>
          <Field name="priority" label={t("priority")} required>
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={9999}
              value={draft.priority}
              onChange={(event) => onChange({ priority: event.target.value })}
            />
          </Field>
        </div>
        <p className="-mt-2 text-xs text-ink-faint">{t("priorityHint")}</p>
        <Field name="description" label={t("description")} optional>
          <Textarea rows={2} maxLength={500} defaultValue={description} />
        </Field>
      </div>
    </Card>
  );
}
