"use client";

import { useState } from "react";
import { Input } from "@/components/ui/input";

/** What a datetime-local input takes and gives has no zone; it is the reader's, as everywhere in the portal. */
export function localText(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function momentOf(text: string): string {
  const at = new Date(text);
  return text === "" || Number.isNaN(at.getTime()) ? "" : at.toISOString();
}

/** A moment in the reader's zone, posted in UTC under the field's name. */
export function MomentInput({ name, at }: { name: string; at?: Date | string | undefined }) {
  const [text, setText] = useState(() => (at === undefined ? "" : localText(new Date(at))));
  return (
    <>
      <input type="hidden" name={name} value={momentOf(text)} />
      <Input
        type="datetime-local"
        name={`${name}Shown`}
        form=""
        value={text}
        onChange={(event) => setText(event.target.value)}
        suppressHydrationWarning
      />
    </>
  );
}
