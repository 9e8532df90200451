import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { RevisionDiffRow, RevisionRow } from "@/lib/vms/modification/schema";
import { RevisionDiff } from "./revision-list";

export interface ComparedRevisions {
  from: number;
  to: number;
  rows: RevisionDiffRow[];
}

type RevisionCompareProps = { revisions: readonly RevisionRow[]; compared: ComparedRevisions | null };

/** Any two of them; the choice is in the address. */
export function RevisionCompare({ revisions, compared }: RevisionCompareProps) {
  const t = useTranslations("modification");
  const options = revisions.map(({ revision }) => ({
    value: String(revision),
    label: t("revisions.number", { revision }),
  }));
  return (
    <Card title={t("revisions.compare")}>
      <form className="grid gap-3">
        <Field name="from" label={t("revisions.compareFrom")}>
          <Select
            options={options}
            defaultValue={String(compared?.from ?? revisions.at(-1)?.revision ?? 1)}
          />
        </Field>
        <Field name="to" label={t("revisions.compareTo")}>
          <Select options={options} defaultValue={String(compared?.to ?? revisions[0]?.revision ?? 1)} />
        </Field>
        <Button type="submit">{t("revisions.compare")}</Button>
      </form>
      {compared !== null && (
        <div className="mt-4 border-t pt-4">
          <h3 className="pb-1 text-sm font-medium">
            {t("revisions.compareTitle", { from: compared.from, to: compared.to })}
          </h3>
          {compared.rows.length === 0 ? (
            <p className="text-sm text-ink-muted">{t("revisions.noDifference")}</p>
          ) : (
            <RevisionDiff rows={compared.rows} isFirst={false} />
          )}
        </div>
      )}
    </Card>
  );
}
