"use client";

import { ChevronRight, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Mapped, Unmapped } from "@/lib/catalog/sizes/instancetypes/schema";

type TransferNotesProps = { mapped: readonly Mapped[]; unmapped: readonly Unmapped[] };

/** What is taken over, on demand; what is not, at once and with its reason. */
export function TransferNotes({ mapped, unmapped }: TransferNotesProps) {
  const t = useTranslations("sizes.import");
  return (
    <div className="grid min-w-0 gap-1 text-xs">
      {unmapped.map(({ path, reason, params }, at) => (
        <p key={`${path} ${at}`} className="flex min-w-0 items-start gap-1.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning" />
          <span className="min-w-0 break-words">
            <code className="font-mono text-2xs break-all">{path}</code>{" "}
            <span className="text-ink-muted">
              {t(`reason.${reason}`, {
                from: printable(params["from"]),
                to: printable(params["to"]),
                value: printable(params["value"]),
              })}
            </span>
          </span>
        </p>
      ))}
      <details className="group min-w-0">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1.5 rounded-xs text-ink-muted hover:text-ink">
          <CircleCheck aria-hidden className="size-3.5 shrink-0 text-success" />
          {t("mapped", { count: mapped.length })}
          <ChevronRight aria-hidden className="size-3 transition-transform group-open:rotate-90" />
        </summary>
        <ul className="mt-1 grid gap-0.5 pl-5">
          {mapped.map(({ path, member, value }) => (
            <li key={`${path} ${member}`} className="font-mono text-2xs break-all text-ink-muted">
              {path} → {member}: {JSON.stringify(value)}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function printable(value: unknown): string | number {
  if (typeof value === "number" || typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}
