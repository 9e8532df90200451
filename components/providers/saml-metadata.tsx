"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { readSamlMetadataAction } from "@/app/actions/providers";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { FailureCallout } from "./failure-callout";
import type { FieldTexts } from "./field-text";

/** Fills the fields below from what the identity provider publishes about itself. */
export function SamlMetadata({ onRead }: { onRead: (texts: FieldTexts) => void }) {
  const t = useTranslations("providers.metadata");
  const id = useId();
  const [text, setText] = useState("");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);

  async function read() {
    setPending(true);
    setFailure(null);
    const answer = await readSamlMetadataAction({ metadata: text }).catch(lostConnection);
    setPending(false);
    if (!answer.ok) return setFailure(answer);
    const { entityId, ssoUrl, certificates } = answer.data;
    onRead({
      "config.entityId": entityId,
      "config.ssoUrl": ssoUrl,
      "config.certificates": certificates.join("\n"),
    });
  }

  return (
    <details className="rounded-md border bg-sunken px-3 py-2 text-sm">
      <summary className="cursor-pointer font-medium">{t("title")}</summary>
      <div className="mt-2 grid gap-2">
        <label htmlFor={id} className="text-xs text-ink-muted">
          {t("hint")}
        </label>
        <Textarea
          id={id}
          mono
          rows={4}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="max-h-60"
        />
        {failure && <FailureCallout failure={failure} />}
        <Button
          size="sm"
          pending={pending}
          disabled={text.trim() === ""}
          onClick={() => void read()}
          className="justify-self-start"
        >
          {t("read")}
        </Button>
      </div>
    </details>
  );
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
