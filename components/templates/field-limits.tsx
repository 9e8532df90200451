"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { FieldType } from "@/lib/catalog/fields/schema";
import type { FieldDraft } from "./template-draft";
import { useTemplateEditing } from "./template-editor-context";

type FieldLimitsProps = { field: FieldDraft };

/** The default of one field and what requesters may choose from, by inputs of its type. */
export function FieldLimits({ field }: FieldLimitsProps) {
  const { draft, change, kinds, offer } = useTemplateEditing();
  const type = kinds.get(field.key);
  const known = offer.fields.find(({ key }) => key === field.key)?.options ?? [];
  const choices = type === "boolean" ? ["true", "false"] : known;
  const set = (part: Partial<FieldDraft>) =>
    change({ fields: draft.fields.map((each) => (each.key === field.key ? { ...each, ...part } : each)) });
  return (
    <div className="grid min-w-0 gap-4">
      <StandardInput field={field} type={type} choices={choices} set={set} />
      {field.place !== "fixed" && <Limits field={field} type={type} choices={choices} set={set} />}
    </div>
  );
}

type PartProps = FieldLimitsProps & {
  type: FieldType | undefined;
  choices: readonly string[];
  set: (part: Partial<FieldDraft>) => void;
};

function StandardInput({ field, type, choices, set }: PartProps) {
  const t = useTranslations("templates.layers");
  const name = `standard ${field.key}`;
  const isNumber = type === "integer" || type === "number";
  if (choices.length > 0) {
    return (
      <Field name={name} label={t("standard")} hint={t("standardHint")}>
        <Select
          value={field.standard}
          onChange={(event) => set({ standard: event.target.value })}
          options={[
            { value: "", label: t("noStandard") },
            ...choices.map((value) => ({ value, label: value })),
          ]}
          className="sm:max-w-72"
        />
      </Field>
    );
  }
  if (type === "array" || type === "object" || type === "map" || type === undefined) {
    return (
      <Field name={name} label={t("standardJson")} hint={t("standardJsonHint")}>
        <Textarea
          mono
          rows={4}
          value={field.standard}
          onChange={(event) => set({ standard: event.target.value })}
        />
      </Field>
    );
  }
  return (
    <Field name={name} label={t("standard")} hint={t("standardHint")}>
      <Input
        type={isNumber ? "number" : "text"}
        autoComplete="off"
        value={field.standard}
        onChange={(event) => set({ standard: event.target.value })}
        className="sm:max-w-72"
      />
    </Field>
  );
}

function Limits(props: PartProps) {
  if (props.type === "integer" || props.type === "number") return <Range {...props} />;
  return props.choices.length > 0 ? <AllowedChoices {...props} /> : <AllowedTexts {...props} />;
}

function Range({ field, set }: PartProps) {
  const t = useTranslations("templates.layers");
  return (
    <div className="grid items-start gap-4 sm:max-w-lg sm:grid-cols-2">
      <Field name={`min ${field.key}`} label={t("min")} optional>
        <Input type="number" value={field.min} onChange={(event) => set({ min: event.target.value })} />
      </Field>
      <Field name={`max ${field.key}`} label={t("max")} optional>
        <Input type="number" value={field.max} onChange={(event) => set({ max: event.target.value })} />
      </Field>
    </div>
  );
}

function AllowedChoices({ field, choices, set }: PartProps) {
  const t = useTranslations("templates.layers");
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{t("options")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {choices.map((choice) => (
          <Checkbox
            key={choice}
            label={choice}
            checked={field.options.includes(choice)}
            onChange={({ target }) =>
              set({
                options: choices.filter((each) =>
                  each === choice ? target.checked : field.options.includes(each),
                ),
              })
            }
          />
        ))}
      </div>
      <p className="text-xs text-ink-faint">{t("optionsHint")}</p>
    </fieldset>
  );
}

function AllowedTexts({ field, set }: PartProps) {
  const t = useTranslations("templates.layers");
  return (
    <Field name={`options ${field.key}`} label={t("options")} hint={t("optionsLines")} optional>
      <Textarea
        mono
        rows={3}
        value={field.options.join("\n")}
        onChange={({ target }) => set({ options: target.value === "" ? [] : target.value.split("\n") })}
        onBlur={() =>
          set({ options: field.options.map((text) => text.trim()).filter((text) => text !== "") })
        }
      />
    </Field>
  );
}
