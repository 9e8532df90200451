import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, type Text } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** A sentence about a part of the text; lines and columns count from one. */
export interface CodeProblem {
  severity: "error" | "warning";
  message: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

interface Description {
  label: string;
  described: string | undefined;
  invalid: boolean;
}

export interface CodeView {
  /** Keeps the cursor and the history where the text is already this. */
  setText(text: string): void;
  setProblems(problems: readonly CodeProblem[]): void;
  describe(description: Description): void;
  goTo(place: { line: number; column: number }): void;
  focus(): void;
  close(): void;
}

interface Opening {
  parent: HTMLElement;
  text: string;
  words: Description;
  onChange: (text: string) => void;
}

/** The editor itself; a file of its own, so that only who edits code fetches it. */
export function openCodeView({ parent, text, words, onChange }: Opening): CodeView {
  const description = new Compartment();
  const told = EditorView.updateListener.of((update) => {
    if (update.docChanged) onChange(update.state.doc.toString());
  });
  const described = description.of(attributesOf(words));
  const state = EditorState.create({ doc: text, extensions: [...editing, told, described] });
  const view = new EditorView({ state, parent });
  return {
    setText(next) {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    setProblems(problems) {
      const marks = problems.map((problem) => diagnosticOf(problem, view.state.doc));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    describe(words) {
      view.dispatch({ effects: description.reconfigure(attributesOf(words)) });
    },
    goTo({ line, column }) {
      view.dispatch({ selection: { anchor: offsetOf(view.state.doc, line, column) }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

function attributesOf({ label, described, invalid }: Description): Extension {
  return EditorView.contentAttributes.of({
    "aria-label": label,
    ...(described === undefined ? {} : { "aria-describedby": described }),
    ...(invalid ? { "aria-invalid": "true" } : {}),
  });
}

function diagnosticOf({ severity, message, ...place }: CodeProblem, doc: Text): Diagnostic {
  const from = offsetOf(doc, place.line, place.column);
  return { severity, message, from, to: Math.max(from, offsetOf(doc, place.endLine, place.endColumn)) };
}

/** What the text no longer has is its end: problems arrive a little after the typing. */
function offsetOf(doc: Text, line: number, column: number): number {
  if (line > doc.lines) return doc.length;
  const { from, to } = doc.line(Math.max(1, line));
  return Math.min(to, from + Math.max(0, column - 1));
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: "text-info" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], class: "text-warning" },
  { tag: [tags.comment, tags.lineComment], class: "text-ink-faint" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], class: "text-ink-muted" },
]);

/** The portal's own colours, which follow its light and dark. */
const looks = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "inherit", maxHeight: "30rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono-stack)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { minHeight: "14rem", padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-faint)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--hover) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--hover)", color: "var(--ink)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "0.375rem",
    maxWidth: "24rem",
    fontFamily: "var(--font-sans-stack)",
  },
  ".cm-diagnostic": { padding: "0.375rem 0.625rem", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--danger-solid)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning-solid)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px dotted var(--danger-solid)" },
  ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dotted var(--warning-solid)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)" },
});

const editing: Extension[] = [
  lineNumbers(),
  lintGutter(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  history(),
  bracketMatching(),
  indentUnit.of("  "),
  EditorState.tabSize.of(2),
  EditorView.lineWrapping,
  yaml(),
  syntaxHighlighting(colours),
  looks,
  // Escape and then Tab leaves the text, as the hint beside it says.
  keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
];
