import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { DiffLine } from "@/lib/catalog/templates/schema";
import { foldEqualLines } from "./fold-equal-lines";

type LineDiffProps = { lines: readonly DiffLine[]; title: string; before: number; after: number };

/** Lines that went and came, by sign and colour; long equal parts are folded. */
export function LineDiff({ lines, title, before, after }: LineDiffProps) {
  const t = useTranslations("templates.compare");
  const added = lines.filter(({ kind }) => kind === "added").length;
  const removed = lines.filter(({ kind }) => kind === "removed").length;
  return (
    <Card
      flush
      title={title}
      description={t("lines", { before, after })}
      actions={
        <span className="font-mono text-xs tabular-nums">
          <span className="text-success">+{added}</span> <span className="text-danger">−{removed}</span>
        </span>
      }
    >
      <div
        tabIndex={0}
        role="group"
        aria-label={title}
        className="overflow-x-auto font-mono text-xs leading-5 -outline-offset-2"
      >
        <div className="w-max min-w-full py-1">
          {foldEqualLines(lines).map((part, at) =>
            part.isFolded ? (
              <details key={at}>
                <summary className="bg-sunken px-3 py-0.5 font-sans text-ink-muted hover:text-ink">
                  {t("folded", { count: part.lines.length })}
                </summary>
                <Lines lines={part.lines} />
              </details>
            ) : (
              <Lines key={at} lines={part.lines} />
            ),
          )}
        </div>
      </div>
    </Card>
  );
}

const signs = { same: " ", added: "+", removed: "−" };
const looks = {
  same: "",
  added: "bg-success-soft text-success",
  removed: "bg-danger-soft text-danger",
};

function Lines({ lines }: { lines: readonly DiffLine[] }) {
  const t = useTranslations("templates.compare");
  return lines.map((line, at) => (
    <div key={at} className={cn("flex whitespace-pre", looks[line.kind])}>
      <Gutter number={line.before} />
      <Gutter number={line.after} />
      <span className="w-5 shrink-0 text-center select-none">
        {line.kind !== "same" && <span className="sr-only">{t(line.kind)}</span>}
        <span aria-hidden>{signs[line.kind]}</span>
      </span>
      <span className="pr-4">{line.text || " "}</span>
    </div>
  ));
}

function Gutter({ number }: { number: number | null }) {
  return (
    <span aria-hidden className="w-9 shrink-0 pr-2 text-right text-ink-faint tabular-nums select-none">
      {number}
    </span>
  );
}
