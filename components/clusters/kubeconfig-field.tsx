"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type ChangeEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Spinner } from "@/components/ui/spinner";
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionFailure } from "@/components/ui/action-result";
import { ConnectionFacts } from "./connection-facts";
import { useKubeconfigPreview, type KubeconfigPreview } from "./use-kubeconfig-preview";

/** Pasted or taken from a file; what it leads to is shown before anything is saved. */
export function KubeconfigField() {
  const t = useTranslations("clusters");
  const [text, setText] = useState("");
  const { preview, read } = useKubeconfigPreview();

  function change(next: string) {
    setText(next);
    read(next);
  }

  return (
    <div className="grid min-w-0 gap-3">
      <Field name="kubeconfig" label={t("kubeconfig.label")} hint={t("kubeconfig.hint")} required>
        <Textarea
          mono
          rows={8}
          autoComplete="off"
          autoCapitalize="none"
          placeholder={t("kubeconfig.placeholder")}
          value={text}
          onChange={(event) => change(event.target.value)}
          className="max-h-72 text-xs"
        />
      </Field>
      <FileButton onText={change} />
      <div aria-live="polite">
        <PreviewResult preview={preview} />
      </div>
    </div>
  );
}

function FileButton({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations("clusters");
  const input = useRef<HTMLInputElement>(null);

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) onText(await file.text());
    event.target.value = "";
  }

  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("kubeconfig.file")}
        onChange={(event) => void take(event)}
      />
      <Button size="sm" onClick={() => input.current?.click()}>
        <Icon name="folder" />
        {t("kubeconfig.file")}
      </Button>
    </div>
  );
}

function PreviewResult({ preview }: { preview: KubeconfigPreview }) {
  const t = useTranslations("clusters");
  switch (preview.state) {
    case "empty":
      return null;
    case "reading":
      return (
        <p className="flex items-center gap-2 text-sm text-ink-muted">
          <Spinner />
          {t("kubeconfig.reading")}
        </p>
      );
    case "accepted":
      return (
        <Card title={t("kubeconfig.accepted")} description={t("kubeconfig.nothingSaved")}>
          <ConnectionFacts connection={preview.connection} />
        </Card>
      );
    case "refused":
      return <Refusal failure={preview.failure} />;
  }
}

/** Each refused shape has a sentence that says what to do instead. */
export function Refusal({ failure }: { failure: ActionFailure }) {
  const t = useTranslations("clusters");
  const errorText = useErrorText();
  if (failure.code !== "KUBECONFIG_REFUSED") return <Callout tone="danger" title={errorText(failure)} />;
  const key = `refusal.${String(failure.params?.["reason"])}`;
  const path = String(failure.params?.["path"] ?? "");
  return (
    <Callout tone="danger" title={t.has(key) ? t(key) : t("refusal.other")}>
      {path !== "" &&
        t.rich("kubeconfig.at", { path, code: (chunks) => <code className="font-mono">{chunks}</code> })}
    </Callout>
  );
}
