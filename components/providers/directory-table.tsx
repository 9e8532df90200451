"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { DirectoryRow } from "@/lib/identity/providers/directory/schema";

const tones = { create: "success", update: "info", blocked: "warning" } as const;

/** What an import would make of each person, those that stand in the way first. */
export function DirectoryTable({ rows }: { rows: readonly DirectoryRow[] }) {
  const t = useTranslations("providers.directory");
  const ordered = [...rows].sort(
    (one, other) => Number(other.outcome === "blocked") - Number(one.outcome === "blocked"),
  );
  return (
    <Table caption={t("importTitle")}>
      <TableHead>
        <HeadCell>{t("person")}</HeadCell>
        <HeadCell>{t("outcome")}</HeadCell>
        <HeadCell className="w-full">{t("groups")}</HeadCell>
      </TableHead>
      <TableBody>
        {ordered.map((row) => (
          <TableRow key={row.externalId}>
            <TableCell className="py-1.5">
              <span className="grid min-w-0">
                <span className="block font-medium">{row.displayName}</span>
                <span className="block text-xs text-ink-faint">
                  {row.username}
                  {row.email && ` · ${row.email}`}
                </span>
              </span>
            </TableCell>
            <TableCell label={t("outcome")} className="py-1.5 sm:whitespace-normal">
              <span className="grid justify-items-end gap-0.5 sm:justify-items-start">
                <Badge tone={tones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Badge>
                {row.conflict && (
                  <span className="block max-w-72 text-xs text-pretty text-warning">
                    {t(`conflicts.${row.conflict}`)}
                  </span>
                )}
              </span>
            </TableCell>
            <TableCell label={t("groups")} className="py-1.5 text-xs text-ink-muted sm:whitespace-normal">
              {row.cohorts === null ? t("groupsUnknown") : row.cohorts.map(keyOf).join(", ") || "–"}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** A cohort's text is its kind and its key. */
function keyOf(cohort: string): string {
  return cohort.slice(cohort.indexOf(":") + 1);
}
