"use client";

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { OfferedName } from "./size-editor-context";

type OfferNoteProps = { name: string; offered: readonly OfferedName[]; error: string | undefined };

/** Under a device or network: how many clusters have it, or what is wrong with its name. */
export function OfferNote({ name, offered, error }: OfferNoteProps) {
  const t = useTranslations("sizes.form");
  if (error) {
    return (
      <p className="flex items-center gap-1.5 text-xs text-danger">
        <CircleAlert aria-hidden className="size-3.5 shrink-0" />
        {error}
      </p>
    );
  }
  if (name.trim() === "") return null;
  const found = offered.find((each) => each.name === name.trim());
  const clusterNames = found?.clusterNames ?? [];
  const Drawing = clusterNames.length > 0 ? CircleCheck : TriangleAlert;
  return (
    <p className="flex items-start gap-1.5 text-xs text-ink-muted">
      <Drawing
        aria-hidden
        className={`mt-0.5 size-3.5 shrink-0 ${clusterNames.length > 0 ? "text-success" : "text-warning"}`}
      />
      <span className="min-w-0 break-words">
        {t("clustersHave", { count: clusterNames.length })}
        {clusterNames.length > 0 && `: ${clusterNames.join(", ")}`}
      </span>
    </p>
  );
}
