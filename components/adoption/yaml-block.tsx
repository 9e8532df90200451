import { yamlLanguage } from "@codemirror/lang-yaml";
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";
import { Fragment } from "react";
import { CopyButton } from "@/components/ui/copy-button";

const colours = tagHighlighter([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: "text-info" },
  { tag: [tags.string, tags.content], class: "text-ink" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], class: "text-warning" },
  { tag: [tags.comment, tags.lineComment], class: "text-ink-faint" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], class: "text-ink-muted" },
]);

/** Coloured on the server: a manifest to read needs no editor in the browser. */
export function YamlBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className="relative min-w-0 overflow-hidden rounded-lg border bg-sunken">
      <CopyButton text={code} className="absolute top-1 right-1 z-1 bg-sunken" />
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-[36rem] overflow-auto p-3 pr-10 font-mono text-xs leading-5 text-ink -outline-offset-2"
      >
        <code>
          {colouredParts(code).map(({ text, className }, at) =>
            className === "" ? (
              <Fragment key={at}>{text}</Fragment>
            ) : (
              <span key={at} className={className}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
    </figure>
  );
}

function colouredParts(code: string): { text: string; className: string }[] {
  const parts: { text: string; className: string }[] = [];
  highlightCode(
    code,
    yamlLanguage.parser.parse(code),
    colours,
    (text, className) => parts.push({ text, className }),
    () => parts.push({ text: "\n", className: "" }),
  );
  return parts;
}
