"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { createSizeAction, previewSizeAction, updateSizeAction } from "@/app/actions/sizes";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Card } from "@/components/ui/card";
import type { EditorFields } from "@/lib/catalog/fields/schema";
import type { SizePreview } from "@/lib/vms/size-preview/schema";
import { BasicsFields } from "./basics-fields";
import { CapacityFields } from "./capacity-fields";
import { focusField } from "./focus-field";
import { FurtherFields } from "./further-fields";
import { HardwareFields } from "./hardware-fields";
import { PreviewPanel } from "./preview-panel";
import { SaveBar } from "./save-bar";
import { previewInputOf, sizeInputOf, updateInputOf, type SizeDraft, type StoredState } from "./size-draft";
import { SizeEditorContext, type EditorOffer } from "./size-editor-context";
import { useDryRun } from "./use-dry-run";
import { useSizeErrors } from "./use-size-errors";
import { VolumeFields } from "./volume-fields";

interface SizeEditorProps {
  initial: SizeDraft;
  /** Null for a new size. */
  stored: StoredState | null;
  fields: EditorFields;
  offer: EditorOffer;
  cancelHref: string;
}

/** The form of a size; beside it what it comes to, told anew while it is typed. */
export function SizeEditor({ initial, stored, fields, offer, cancelHref }: SizeEditorProps) {
  const t = useTranslations("sizes");
  const [draft, setDraft] = useState(initial);
  const [query, setQuery] = useState("");
  // News read the page again with newer versions; what was typed is over the one that it began with.
  const [version, setVersion] = useState(stored?.version ?? 0);
  const { answer } = useLiveAnswer<ReturnType<typeof previewInputOf>, SizePreview>(
    previewInputOf(draft),
    askPreview,
  );
  const { dryRun, toldAt } = useDryRun(draft);
  const errorOf = useSizeErrors(answer, toldAt);
  const change = (part: Partial<SizeDraft>) => setDraft((before) => ({ ...before, ...part }));

  function save(): Promise<ActionResult<{ version: number }>> {
    return stored === null
      ? createSizeAction(sizeInputOf(draft))
      : updateSizeAction(updateInputOf(draft, version));
  }

  function showField(field: string) {
    if (focusField(field)) return;
    // A field of another tier is found by its path, and drawn at the next look.
    setQuery(field.replace(/^specOverrides\./, ""));
    requestAnimationFrame(() => requestAnimationFrame(() => focusField(field)));
  }

  return (
    <SizeEditorContext value={{ draft, change, errorOf, offer }}>
      <ActionForm
        action={save}
        successMessage={t("save.done")}
        onSuccess={(kept) => setVersion(kept.version)}
        className="grid min-w-0 items-start gap-5 min-[1100px]:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_24rem] 2xl:grid-cols-[minmax(0,1fr)_30rem]"
      >
        <div className="grid min-w-0 gap-5">
          <Card title={t("form.basics")}>
            <BasicsFields isNew={stored === null} />
          </Card>
          <Card title={t("form.capacity")} description={t("form.capacityHint")}>
            <CapacityFields />
          </Card>
          <Card title={t("form.hardware")} description={t("form.hardwareHint")}>
            <HardwareFields />
          </Card>
          <Card title={t("form.rootVolume")}>
            <VolumeFields />
          </Card>
          <Part title={t("fields.title")} description={t("fields.description", { minor: fields.minor })}>
            <FurtherFields fields={fields} query={query} onQuery={setQuery} />
          </Part>
        </div>
        <aside
          aria-label={t("preview.title")}
          className="grid min-w-0 gap-4 min-[1100px]:sticky min-[1100px]:top-16 min-[1100px]:max-h-[calc(100dvh-5rem)] min-[1100px]:-m-1 min-[1100px]:overflow-y-auto min-[1100px]:p-1"
        >
          <SaveBar
            stored={stored}
            cancelHref={cancelHref}
            isBlocked={answer.phase === "told" && !answer.told.valid}
          />
          <PreviewPanel answer={answer} dryRun={dryRun} onFocusField={showField} />
        </aside>
      </ActionForm>
    </SizeEditorContext>
  );
}

function askPreview(size: ReturnType<typeof previewInputOf>): Promise<ActionResult<SizePreview>> {
  return previewSizeAction({ size });
}

function Part({ title, description, children }: { title: string; description: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-3">
      <header className="grid gap-0.5">
        <h2 className="text-sm font-semibold">{title}</h2>
        <p className="text-xs text-ink-muted">{description}</p>
      </header>
      {children}
    </section>
  );
}
