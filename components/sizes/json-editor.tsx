"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Textarea } from "@/components/ui/textarea";
import type { Json } from "./field-values";

type JsonEditorProps = { value: Json; onChange: (value: Json) => void; label: string };

/** For what no schema describes: JSON as text; only what parses becomes the value. */
export function JsonEditor({ value, onChange, label }: JsonEditorProps) {
  const t = useTranslations("sizes.fields");
  const id = useId();
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [isBroken, setBroken] = useState(false);

  function take(next: string) {
    setText(next);
    const parsed = parseJson(next);
    setBroken(parsed === undefined);
    if (parsed !== undefined) onChange(parsed);
  }

  return (
    <div className="grid min-w-0 gap-1">
      <Textarea
        mono
        rows={3}
        aria-label={label}
        aria-invalid={isBroken || undefined}
        aria-describedby={`${id}-note`}
        value={text}
        onChange={(event) => take(event.target.value)}
      />
      <p id={`${id}-note`} className={isBroken ? "text-xs text-danger" : "text-xs text-ink-faint"}>
        {t(isBroken ? "jsonBroken" : "jsonHint")}
      </p>
    </div>
  );
}

function parseJson(text: string): Json | undefined {
  try {
    // What JSON.parse yields is JSON.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
