"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { catalogScopes } from "@/lib/vocabulary/environments";
import { osFamilies } from "./template-choices";
import { LogoPicker } from "./logo-picker";
import { useTemplateEditing } from "./template-editor-context";

/** What the template is called, what it looks like, and who is offered it. */
export function BasicsFields({ isNew }: { isNew: boolean }) {
  const t = useTranslations("templates.form");
  const { draft, change, errorOf } = useTemplateEditing();
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          name="displayName"
          label={t("displayName")}
          hint={t("displayNameHint")}
          required
          error={errorOf("displayName")}
        >
          <Input
            autoComplete="off"
            maxLength={100}
            value={draft.displayName}
            onChange={(event) => change({ displayName: event.target.value })}
          />
        </Field>
        <Field
          name="name"
          label={t("name")}
          hint={t(isNew ? "nameHint" : "nameFixed")}
          required={isNew}
          error={errorOf("name")}
        >
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={60}
            disabled={!isNew}
            placeholder="debian-13"
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
      </div>
      <Field
        name="description"
        label={t("description")}
        hint={t("descriptionHint")}
        optional
        error={errorOf("description")}
      >
        <Textarea
          rows={2}
          maxLength={2000}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <LogoPicker />
      <SystemFields />
      <OfferFields />
    </div>
  );
}

function SystemFields() {
  const t = useTranslations("templates");
  const { draft, change, errorOf } = useTemplateEditing();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{t("form.osFamily")}</span>
        <SegmentedControl
          name="osFamily"
          label={t("form.osFamily")}
          value={draft.osFamily}
          onChange={(value) => change({ osFamily: value === "windows" ? "windows" : "linux" })}
          options={osFamilies.map((family) => ({ value: family, label: t(`os.${family}`) }))}
        />
      </div>
      <Field name="osVersion" label={t("form.osVersion")} optional error={errorOf("osVersion")}>
        <Input
          autoComplete="off"
          maxLength={60}
          placeholder="13"
          value={draft.osVersion}
          onChange={(event) => change({ osVersion: event.target.value })}
        />
      </Field>
    </div>
  );
}

function OfferFields() {
  const t = useTranslations("templates.form");
  const catalog = useTranslations("catalog");
  const { draft, change, errorOf } = useTemplateEditing();
  const isNowhere = draft.catalogScope === "unclassified";
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        name="catalogScope"
        label={t("scope")}
        hint={t(isNowhere ? "scopeNowhere" : "scopeHint")}
        error={errorOf("catalogScope")}
      >
        <Select
          value={draft.catalogScope}
          onChange={(event) => {
            const scope = catalogScopes.find((each) => each === event.target.value);
            if (scope) change({ catalogScope: scope });
          }}
          options={catalogScopes.map((scope) => ({ value: scope, label: catalog(`scope.${scope}`) }))}
        />
      </Field>
      <Field
        name="category"
        label={t("category")}
        hint={t("categoryHint")}
        optional
        error={errorOf("category")}
      >
        <Input
          autoComplete="off"
          maxLength={60}
          value={draft.category}
          onChange={(event) => change({ category: event.target.value })}
        />
      </Field>
    </div>
  );
}
