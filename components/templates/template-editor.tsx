"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { createTemplateAction, previewTemplateAction, updateTemplateAction } from "@/app/actions/templates";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Card } from "@/components/ui/card";
import type { TemplatePreview } from "@/lib/requests/template-preview/schema";
import { BasicsFields } from "./basics-fields";
import { CloudInitField } from "./cloud-init-field";
import { FormPicture } from "./form-picture";
import { LayerFields } from "./layer-fields";
import { SaveBar, type SavedState } from "./save-bar";
import { SignInFields } from "./sign-in-fields";
import { SourceFields } from "./source-fields";
import { contentOf, type TemplateDraft } from "./template-draft";
import { TemplateEditorContext, type EditorOffer } from "./template-editor-context";
import { TemplatePanel } from "./template-panel";
import { useTemplateDryRun, type TemplateQuestion } from "./use-template-dry-run";
import { useTemplateProblems } from "./use-template-problems";

interface TemplateEditorProps {
  initial: TemplateDraft;
  /** The draft that is edited; null for a new name. */
  stored: { id: string; revision: number } | null;
  offer: EditorOffer;
}

/** The form of a draft; beside it what it comes to, told anew while it is typed. */
export function TemplateEditor({ initial, stored, offer }: TemplateEditorProps) {
  const t = useTranslations("templates");
  const kinds = useMemo(() => new Map(offer.fields.map(({ key, type }) => [key, type])), [offer.fields]);
  const [draft, setDraft] = useState(initial);
  const [sizeId, setSizeId] = useState(offer.sizes[0]?.id ?? "");
  const content = contentOf(draft, kinds);
  const [saved, setSaved] = useState<SavedState>(() => ({
    ...{ revision: stored?.revision ?? 0, at: null },
    key: JSON.stringify(content),
  }));
  const question = questionOf({ name: draft.name, content, sizeId });
  const { answer } = useLiveAnswer<TemplateQuestion, TemplatePreview>(question, previewTemplateAction);
  const dryRun = useTemplateDryRun(question);
  const { problems, errorOf, errorOfField } = useTemplateProblems(answer, dryRun.causes);
  const change = (part: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...part }));

  async function save(posted: FormData): Promise<ActionResult<SavedState | null>> {
    if (stored === null) {
      const made = await createTemplateAction({ name: draft.name, ...content });
      return made.ok ? { ok: true, data: null } : made;
    }
    // The button that saves over somebody else's edit says which one it has seen.
    const revision = Number(posted.get("over")) || saved.revision;
    const kept = await updateTemplateAction({ templateId: stored.id, revision, ...content });
    if (!kept.ok) return kept;
    return { ok: true, data: { ...kept.data, at: new Date(), key: JSON.stringify(content) } };
  }

  return (
    <TemplateEditorContext value={{ draft, change, kinds, problems, errorOf, errorOfField, offer }}>
      <ActionForm
        action={save}
        successMessage={t("save.done")}
        onSuccess={(kept) => {
          if (kept !== null) setSaved(kept);
        }}
        className="grid min-w-0 items-start gap-5 min-[1100px]:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_24rem] 2xl:grid-cols-[minmax(0,1fr)_30rem]"
      >
        <div className="grid min-w-0 gap-5">
          <Card title={t("form.basics")}>
            <BasicsFields isNew={stored === null} />
          </Card>
          <Card title={t("form.source")} description={t("form.sourceHint")}>
            <SourceFields />
          </Card>
          <Card title={t("form.signIn")} description={t("form.signInHint")}>
            <SignInFields />
          </Card>
          <Card title={t("form.cloudInit")} description={t("form.cloudInitHint")}>
            <CloudInitField />
          </Card>
          <Card title={t("layers.title")} description={t("layers.hint")}>
            <LayerFields />
          </Card>
          <Card title={t("picture.title")} description={t("picture.hint")}>
            <FormPicture />
          </Card>
        </div>
        <aside
          aria-label={t("panel.title")}
          className="grid min-w-0 gap-4 min-[1100px]:sticky min-[1100px]:top-16 min-[1100px]:max-h-[calc(100dvh-5rem)] min-[1100px]:overflow-y-auto min-[1100px]:pb-2"
        >
          <SaveBar stored={stored} saved={saved} isChanged={saved.key !== JSON.stringify(content)} />
          <TemplatePanel answer={answer} dryRun={dryRun} sizeId={sizeId} onSize={setSizeId} />
        </aside>
      </ActionForm>
    </TemplateEditorContext>
  );
}

interface Asked {
  name: string;
  content: ReturnType<typeof contentOf>;
  sizeId: string;
}

/** What has no name yet is asked about under a made-up one, so that the rest is judged already. */
function questionOf({ name, content, sizeId }: Asked): TemplateQuestion {
  const named = { name: name || "new-template", displayName: content.displayName.trim() || name || "…" };
  return {
    template: { ...content, ...named },
    ...(sizeId === "" ? {} : { instanceSizeId: sizeId }),
  };
}
