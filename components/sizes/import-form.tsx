"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { importInstancetypesAction } from "@/app/actions/sizes";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { HeadCell, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ImportedInstancetypes, InstancetypePreview } from "@/lib/catalog/sizes/instancetypes/schema";
import { ImportResult } from "./import-result";
import { ProposalRow } from "./proposal-row";
import { TransferNotes } from "./transfer-notes";

/** A cluster's instance types as sizes: what each becomes, what is left behind, and which to take. */
export function ImportForm({ preview }: { preview: InstancetypePreview }) {
  const t = useTranslations("sizes.import");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [result, setResult] = useState<ImportedInstancetypes | null>(null);
  const open = preview.sizes.filter(({ size, exists }) => size !== null && !exists);
  const wanted = open.filter(({ key }) => chosen.has(key));

  function toggle(key: string, isChosen: boolean) {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  }

  return (
    <ActionForm
      action={importInstancetypesAction}
      onSuccess={(imported) => {
        setResult(imported);
        setChosen(new Set());
      }}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={{ clusterId: preview.cluster.id }} />
      {wanted.map(({ key }) => (
        <input key={key} type="hidden" name="names" value={key} />
      ))}
      {open.length > 0 && (
        <Checkbox
          label={t("chooseAll", { count: open.length })}
          checked={wanted.length === open.length}
          onChange={({ target }) => setChosen(new Set(target.checked ? open.map(({ key }) => key) : []))}
        />
      )}
      <Table caption={t("title")}>
        <TableHead>
          <HeadCell>{t("column.type")}</HeadCell>
          <HeadCell>{t("column.becomes")}</HeadCell>
          <HeadCell>{t("column.notes")}</HeadCell>
        </TableHead>
        <TableBody>
          {preview.sizes.map((proposal) => (
            <ProposalRow
              key={proposal.key}
              proposal={proposal}
              isChosen={chosen.has(proposal.key)}
              onToggle={(isChosen) => toggle(proposal.key, isChosen)}
            />
          ))}
        </TableBody>
      </Table>
      <Unreadable preview={preview} />
      {preview.preferences.length > 0 && <PreferenceField preview={preview} />}
      {result !== null && <ImportResult result={result} />}
      <FormMessage visibleFields={["preference"]} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton disabled={wanted.length === 0}>{t("submit", { count: wanted.length })}</SubmitButton>
        <span className="text-xs text-ink-muted">{t("effect")}</span>
      </div>
    </ActionForm>
  );
}

function PreferenceField({ preview }: { preview: InstancetypePreview }) {
  const t = useTranslations("sizes.import");
  const [key, setKey] = useState("");
  const preference = preview.preferences.find((each) => each.key === key);
  return (
    <div className="grid gap-2 rounded-lg border bg-surface p-4">
      <Field name="preference" label={t("preference")} hint={t("preferenceHint")} optional>
        <Select
          value={key}
          onChange={(event) => setKey(event.target.value)}
          options={[
            { value: "", label: t("preferenceNone") },
            ...preview.preferences.map((each) => ({
              value: each.key,
              label: `${each.displayName} (${each.key})`,
            })),
          ]}
          className="max-w-md"
        />
      </Field>
      {preference && <TransferNotes mapped={preference.mapped} unmapped={preference.unmapped} />}
    </div>
  );
}

function Unreadable({ preview }: { preview: InstancetypePreview }) {
  const t = useTranslations("sizes.import");
  if (preview.unreadable.length === 0) return null;
  return (
    <Callout tone="warning" title={t("unreadable", { count: preview.unreadable.length })}>
      <ul className="list-disc pl-4">
        {preview.unreadable.map(({ key, kind, problem }) => (
          <li key={`${kind} ${key}`} className="break-words">
            <code className="font-mono text-xs">{key}</code>: {problem}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
