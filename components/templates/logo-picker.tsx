"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, useState, useTransition } from "react";
import { addLogoAction } from "@/app/actions/templates";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/ui/use-error-text";
import { logoBytesMax, logoTypes } from "@/lib/catalog/templates/logos/rules";
import { useTemplateEditing } from "./template-editor-context";
import { TemplateLogo } from "./template-logo";

/** The picture is kept as soon as it is chosen; saving the draft ties it to the template. */
export function LogoPicker() {
  const t = useTranslations("templates.logo");
  const { draft, change, errorOf } = useTemplateEditing();
  const noteId = useId();
  const input = useRef<HTMLInputElement>(null);
  const { keep, error, isKeeping } = useKeptLogo((logo) => change(logo));
  const problem = error ?? errorOf("logoId");
  return (
    <div className="grid gap-1.5" data-field="logoId">
      <span className="text-sm font-medium">{t("label")}</span>
      <div className="flex flex-wrap items-center gap-3">
        <TemplateLogo template={draft} size="lg" />
        <input
          ref={input}
          type="file"
          accept={logoTypes.join(",")}
          aria-label={t("label")}
          aria-describedby={noteId}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) keep(file);
            event.target.value = "";
          }}
        />
        <Button pending={isKeeping} onClick={() => input.current?.click()} aria-describedby={noteId}>
          {t(draft.logoId === null ? "choose" : "change")}
        </Button>
        {draft.logoId !== null && (
          <Button variant="ghost" onClick={() => change({ logoId: null, logoUrl: null })}>
            {t("remove")}
          </Button>
        )}
      </div>
      <p id={noteId} role="status" className={problem ? "text-xs text-danger" : "text-xs text-ink-faint"}>
        {problem ?? t("rules")}
      </p>
    </div>
  );
}

interface ChosenLogo {
  logoId: string;
  logoUrl: string;
}

function useKeptLogo(onKept: (logo: ChosenLogo) => void) {
  const errorText = useErrorText();
  const [error, setError] = useState<string | null>(null);
  const [isKeeping, startKeeping] = useTransition();

  function keep(file: File) {
    if (file.size > logoBytesMax) return setError(errorText({ code: "logo_too_heavy" }));
    startKeeping(async () => {
      const content = await inBase64(file);
      const answer = await addLogoAction({ content }).catch(() => ({
        ok: false as const,
        code: "CONNECTION_LOST",
      }));
      if (!answer.ok)
        return setError(errorText(("fields" in answer ? answer.fields?.["content"] : undefined) ?? answer));
      setError(null);
      onKept({ logoId: answer.data.id, logoUrl: answer.data.url });
    });
  }

  return { keep, error: error ?? undefined, isKeeping };
}

async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
