"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { markChanges, type MarkedLine } from "./mark-changes";

/** The machine as it would be sent; the lines that the last change touched are marked. */
export function ManifestBlock({ yaml }: { yaml: string }) {
  const t = useTranslations("sizes.preview");
  const [shown, setShown] = useState<{ yaml: string; before: string | null }>({ yaml, before: null });
  if (shown.yaml !== yaml) setShown({ yaml, before: shown.yaml });
  const lines = markChanges(shown.before, yaml);
  const changed = lines.filter(({ isChanged }) => isChanged).length;
  return (
    <figure className="relative min-w-0 overflow-hidden rounded-lg border bg-sunken">
      <figcaption className="flex h-9 items-center gap-2 border-b pr-10 pl-3 text-xs font-medium text-ink-muted">
        {t("manifest")}
        {changed > 0 && (
          <span className="font-normal text-ink-faint">{t("changedLines", { count: changed })}</span>
        )}
      </figcaption>
      <CopyButton text={yaml} className="absolute top-1 right-1 z-1 bg-sunken" />
      <pre
        tabIndex={0}
        aria-label={t("manifest")}
        className="max-h-[28rem] overflow-auto py-2 font-mono text-xs leading-5 text-ink -outline-offset-2"
      >
        <code className="grid w-max min-w-full">
          {lines.map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </code>
      </pre>
    </figure>
  );
}

const lineShape = /^(\s*(?:- )?)([\w./-]+)(:)(?:( )(.*))?$/;

function Line({ line: { text, isChanged } }: { line: MarkedLine }) {
  const [, indent, key, colon, gap = "", value = ""] = lineShape.exec(text) ?? [];
  return (
    <span
      className={cn(
        "block border-l-2 px-3 whitespace-pre",
        isChanged ? "border-accent-ink bg-accent-soft" : "border-transparent",
      )}
    >
      {key === undefined ? (
        text || " "
      ) : (
        <>
          {indent}
          <span className="text-info">{key}</span>
          <span className="text-ink-faint">{colon}</span>
          {gap}
          <span className={/^(-?\d[\d.]*|true|false|null)$/.test(value) ? "text-warning" : undefined}>
            {value}
          </span>
        </>
      )}
    </span>
  );
}
