import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { policyEffects } from "@/lib/requests/policies/rules";
import { effectLooks } from "./effect-looks";
import type { DraftProps } from "./policy-names";

interface EffectFieldsProps extends DraftProps {
  workflows: readonly { id: string; name: string }[];
}

/** What it answers and, where it asks, by which steps. */
export function EffectFields({ draft, onChange, workflows }: EffectFieldsProps) {
  const t = useTranslations("policies");
  return (
    <Card>
      <div className="grid gap-4">
        <RadioCards
          name="effect"
          label={t("form.effect")}
          columns={3}
          value={draft.effect}
          onChange={(value) =>
            onChange({ effect: policyEffects.find((effect) => effect === value) ?? "ask" })
          }
          cards={policyEffects.map((effect) => ({
            value: effect,
            label: t(`effect.${effect}`),
            description: t(`effectText.${effect}`),
            icon: <Icon name={effectLooks[effect].icon} />,
          }))}
        />
        {draft.effect === "ask" ? (
          <Field name="workflowId" label={t("form.workflow")} hint={t("form.workflowHint")}>
            <Select
              value={draft.workflowId}
              onChange={(event) => onChange({ workflowId: event.target.value })}
              options={[
                { value: "", label: t("form.workflowMatching") },
                ...workflows.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
        ) : (
          <input type="hidden" name="workflowId" value="" />
        )}
      </div>
    </Card>
  );
}
