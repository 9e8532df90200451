"use client";

import { Callout } from "@/components/ui/callout";
import { useErrorText } from "@/components/ui/use-error-text";

type FailureNoteProps = { title: string; failure: { code: string; params: Record<string, unknown> } };

/** A part of a page that could not be read, while the rest stands. */
export function FailureNote({ title, failure }: FailureNoteProps) {
  const errorText = useErrorText();
  return (
    <Callout tone="danger" role="alert" title={title}>
      {errorText(failure)}
    </Callout>
  );
}
