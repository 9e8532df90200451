"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { catalogScopes } from "@/lib/vocabulary/environments";
import { DraftField } from "./draft-field";
import { useSizeEditing } from "./size-editor-context";

/** What the size is called and who is offered it. */
export function BasicsFields({ isNew }: { isNew: boolean }) {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf } = useSizeEditing();
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <DraftField
          member="displayName"
          label={t("displayName")}
          hint={t("displayNameHint")}
          required
          maxLength={100}
        />
        {isNew ? (
          <DraftField member="name" label={t("name")} hint={t("nameHint")} required mono maxLength={60} />
        ) : (
          <DraftField member="name" label={t("name")} hint={t("nameFixed")} mono disabled />
        )}
      </div>
      <Field name="description" label={t("description")} optional error={errorOf("description")}>
        <Textarea
          rows={2}
          maxLength={2000}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ScopeField />
        <DraftField
          member="sortOrder"
          label={t("order")}
          hint={t("orderHint")}
          type="number"
          min={0}
          max={10_000}
        />
        <DraftField member="costClass" label={t("costClass")} hint={t("costClassHint")} maxLength={40} />
      </div>
      <Switch
        name="enabled"
        label={t("enabled")}
        description={t("enabledHint")}
        checked={draft.enabled}
        onChange={(event) => change({ enabled: event.target.checked })}
      />
    </div>
  );
}

function ScopeField() {
  const t = useTranslations("sizes");
  const { draft, change, errorOf } = useSizeEditing();
  const isNowhere = draft.catalogScope === "unclassified";
  return (
    <Field
      name="catalogScope"
      label={t("form.scope")}
      hint={t(isNowhere ? "form.scopeNowhere" : "form.scopeHint")}
      error={errorOf("catalogScope")}
    >
      <Select
        value={draft.catalogScope}
        onChange={(event) => {
          const scope = catalogScopes.find((each) => each === event.target.value);
          if (scope) change({ catalogScope: scope });
        }}
        options={catalogScopes.map((scope) => ({ value: scope, label: t(`scope.${scope}`) }))}
      />
    </Field>
  );
}
