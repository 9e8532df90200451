"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type ChangeEvent, type DragEvent, type ReactNode } from "react";
import { useFormState } from "@/components/ui/action-form-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/class-names";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Spinner } from "@/components/ui/spinner";
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionFailure } from "@/components/ui/action-result";
import type { ConnectionTest } from "@/lib/clusters/connections/schema";
import { ConnectionFacts } from "./connection-facts";
import { ConnectionTestPanel } from "./connection-test";
import { useConnectionTest } from "./use-connection-test";
import { useKubeconfigPreview, type KubeconfigPreview } from "./use-kubeconfig-preview";

interface KubeconfigFieldProps {
  /** The registered cluster that it should lead to. */
  clusterId?: string;
  onFound?: (found: ConnectionTest | null) => void;
}

/** Pasted, dropped or taken from a file; what it leads to is shown and can be tried before anything is saved. */
export function KubeconfigField({ clusterId, onFound }: KubeconfigFieldProps) {
  const t = useTranslations("clusters.kubeconfig");
  const [text, setText] = useState("");
  const { preview, read } = useKubeconfigPreview();
  const { test, run, forget } = useConnectionTest(onFound);
  const refusal = useSubmittedRefusal();

  function change(next: string) {
    setText(next);
    read(next);
    forget();
    onFound?.(null);
  }

  return (
    <div className="grid min-w-0 gap-3">
      <DropZone onText={change}>
        <Field name="kubeconfig" label={t("label")} hint={t("hint")} error={refusal} required>
          <Textarea
            mono
            rows={8}
            autoComplete="off"
            autoCapitalize="none"
            placeholder={t("placeholder")}
            value={text}
            onChange={(event) => change(event.target.value)}
            className="max-h-72 text-xs"
          />
        </Field>
      </DropZone>
      <FileButton onText={change} />
      <div aria-live="polite" className="grid gap-3">
        <PreviewResult preview={preview} />
        {preview.state === "accepted" && (
          <ConnectionTestPanel test={test} onRun={() => void run({ kubeconfig: text, clusterId })} />
        )}
      </div>
    </div>
  );
}

/** What the server said of the kubeconfig when the form was sent. */
function useSubmittedRefusal(): string | undefined {
  const form = useFormState();
  const refusalText = useRefusalText();
  const failure = form?.failure;
  return failure?.code === "KUBECONFIG_REFUSED" ? refusalText(failure.params ?? {}) : undefined;
}

function DropZone({ onText, children }: { onText: (text: string) => void; children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);

  async function take(event: DragEvent) {
    const file = event.dataTransfer.files[0];
    setIsOver(false);
    if (file === undefined) return;
    event.preventDefault();
    onText(await readFile(file));
  }

  return (
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => void take(event)}
      className={cn("rounded-md", isOver && "outline-2 outline-offset-4 outline-accent-ink outline-dashed")}
    >
      {children}
    </div>
  );
}

/** A file that no kubeconfig could be is cut, and refused for its size by whoever reads it. */
const fileBytesMax = 256 * 1024 + 1;

function readFile(file: File): Promise<string> {
  return file.slice(0, fileBytesMax).text();
}

function FileButton({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations("clusters");
  const input = useRef<HTMLInputElement>(null);

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (file) onText(await readFile(file));
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
  const refusalText = useRefusalText();
  if (failure.code !== "KUBECONFIG_REFUSED") return <Callout tone="danger" title={errorText(failure)} />;
  const path = String(failure.params?.["path"] ?? "");
  return (
    <Callout tone="danger" title={refusalText(failure.params ?? {})}>
      {path !== "" &&
        t.rich("kubeconfig.at", { path, code: (chunks) => <code className="font-mono">{chunks}</code> })}
    </Callout>
  );
}

function useRefusalText() {
  const t = useTranslations("clusters");
  return (params: Record<string, unknown>) => {
    const key = `refusal.${String(params["reason"])}`;
    const sentence = t.has(key) ? t(key) : t("refusal.other");
    const line = params["line"];
    return typeof line === "number" ? t("kubeconfig.line", { line, sentence }) : sentence;
  };
}
