"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { cn } from "./class-names";
import type { CodeProblem, CodeView } from "./code-view";
import { useFieldControl } from "./field-context";
import { Textarea } from "./textarea";

type CodeEditorProps = {
  value: string;
  onChange: (text: string) => void;
  /** What the text is, for whoever cannot see the label. */
  label: string;
  /** Marked in the margin and under the text. */
  problems?: readonly CodeProblem[] | undefined;
  /** A place to go to; a new object goes there again. */
  jump?: { line: number; column: number } | null | undefined;
};

/** A text area until the editor has arrived, and for ever where scripts do not run. */
export function CodeEditor({ value, onChange, label, problems = noProblems, jump = null }: CodeEditorProps) {
  const control = useFieldControl<ControlAttributes>({});
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLSpanElement>(null);
  const [view, setView] = useState<CodeView | null>(null);
  const described = control["aria-describedby"];
  const invalid = Boolean(control["aria-invalid"]);
  const change = useEffectEvent(onChange);
  const whatStands = useEffectEvent(() => ({ text: value, words: { label, described, invalid } }));

  useEffect(() => {
    let opened: CodeView | null = null;
    let isGone = false;
    const parent = place.current;
    import("./code-view").then(({ openCodeView }) => {
      if (isGone || parent === null) return;
      const hadFocus = plain.current?.contains(document.activeElement) === true;
      opened = openCodeView({ parent, ...whatStands(), onChange: (text) => change(text) });
      if (hadFocus) opened.focus();
      setView(opened);
    }, stayPlain);
    return () => {
      isGone = true;
      opened?.close();
      setView(null);
    };
  }, []);

  useEffect(() => view?.setText(value), [view, value]);
  useEffect(() => view?.setProblems(problems), [view, problems]);
  useEffect(() => view?.describe({ label, described, invalid }), [view, label, described, invalid]);
  useEffect(() => {
    if (jump !== null) view?.goTo(jump);
  }, [view, jump]);

  return (
    <div className="min-w-0">
      <div
        ref={place}
        className={cn(
          "overflow-hidden rounded-md border border-line-field bg-surface text-[16px] shadow-raised empty:hidden sm:text-xs",
          "focus-within:border-accent-ink focus-within:outline-2 focus-within:outline-accent-ink",
          invalid && "border-danger",
        )}
      />
      {view === null && (
        <span ref={plain}>
          <Textarea
            mono
            rows={12}
            aria-label={label}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="text-xs leading-5"
          />
        </span>
      )}
    </div>
  );
}

type ControlAttributes = { "aria-describedby"?: string; "aria-invalid"?: boolean };

const noProblems: readonly CodeProblem[] = [];

/** The text area does all that is needed when the editor cannot be fetched. */
function stayPlain(): void {
  return undefined;
}
