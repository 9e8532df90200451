"use client";

import { previewChangesAction } from "@/app/actions/policies";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import type { ChangesPreview, PreviewChanges } from "@/lib/requests/replays/schema";
import { AffectedPanel } from "./affected-panel";

/** In a dialog: what the change that is about to be made would have done lately. */
export function ChangeEffect({ question }: { question: PreviewChanges }) {
  const { answer } = useLiveAnswer<PreviewChanges, ChangesPreview>(question, previewChangesAction);
  return (
    <div className="max-h-72 overflow-y-auto rounded-md border bg-sunken p-3">
      <AffectedPanel answer={answer} />
    </div>
  );
}
