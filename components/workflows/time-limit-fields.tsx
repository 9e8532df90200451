"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { escalationsMax, onTimeouts } from "@/lib/requests/workflows/schema";
import { ApproverList } from "./approver-list";
import type { StepFieldsProps } from "./step-card";
import { numberOf, refOf, replaced, without } from "./workflow-draft";

/** How long a step waits, and what happens then. */
export function TimeLimitFields(props: StepFieldsProps) {
  const t = useTranslations("workflows.form");
  const { index, step, onChange } = props;
  const choose = (value: string) => {
    const onTimeout = onTimeouts.find((one) => one === value) ?? "remind";
    const escalateTo =
      onTimeout === "escalate" && step.escalateTo.length === 0 ? [[refOf("owners", null)]] : step.escalateTo;
    onChange({ onTimeout, escalateTo: onTimeout === "escalate" ? escalateTo : [] });
  };
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name={`steps.${index}.timeoutHours`} label={t("timeout")} hint={t("timeoutHint")} optional>
          <Input
            type="number"
            inputMode="decimal"
            min={0}
            step={0.5}
            value={step.timeoutHours ?? ""}
            onChange={(event) => onChange({ timeoutHours: numberOf(event.target.value) })}
          />
        </Field>
        {(step.timeoutHours !== null || step.onTimeout !== "remind") && (
          <Field name={`steps.${index}.onTimeout`} label={t("onTimeout")}>
            <Select
              value={step.onTimeout}
              onChange={(event) => choose(event.target.value)}
              options={onTimeouts.map((value) => ({ value, label: t(`timeouts.${value}`) }))}
            />
          </Field>
        )}
      </div>
      {step.onTimeout === "escalate" && <Escalations {...props} />}
    </div>
  );
}

function Escalations({ index, step, names, onChange }: StepFieldsProps) {
  const t = useTranslations("workflows.form");
  const change = (escalateTo: typeof step.escalateTo) => onChange({ escalateTo });
  return (
    <div className="grid gap-3 border-l-2 pl-4">
      {step.escalateTo.map((approvers, level) => (
        <div key={level} className="grid gap-1">
          <ApproverList
            path={`steps.${index}.escalateTo.${level}`}
            label={t("escalation", { level: level + 1 })}
            approvers={approvers}
            names={names}
            onChange={(next) => change(replaced(step.escalateTo, level, next))}
          />
          {step.escalateTo.length > 1 && (
            <div>
              <Button variant="ghost" size="sm" onClick={() => change(without(step.escalateTo, level))}>
                {t("removeEscalation")}
              </Button>
            </div>
          )}
        </div>
      ))}
      {step.escalateTo.length < escalationsMax && (
        <div>
          <Button
            variant="ghost"
            size="sm"
            onClick={() => change([...step.escalateTo, [refOf("holders", null)]])}
          >
            {t("addEscalation")}
          </Button>
        </div>
      )}
    </div>
  );
}
