import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { SampleField } from "@/lib/identity/providers/mapping/schema";

/** What the sampled people have in common: a field that holds groups repeats few values over many people. */
export function FieldTable({ fields, people }: { fields: readonly SampleField[]; people: number }) {
  const t = useTranslations("providers.sample");
  return (
    <Table caption={t("fields")}>
      <TableHead>
        <HeadCell>{t("field")}</HeadCell>
        <HeadCell>{t("type")}</HeadCell>
        <HeadCell className="w-full">{t("values")}</HeadCell>
        <HeadCell className="sm:text-right">{t("unique")}</HeadCell>
        <HeadCell className="sm:text-right">{t("present")}</HeadCell>
      </TableHead>
      <TableBody>
        {fields.map((field) => (
          <TableRow key={field.name}>
            <TableCell className="py-1.5 font-mono text-xs font-medium break-all">{field.name}</TableCell>
            <TableCell label={t("type")}>
              <Badge>{t(`kind.${field.type}`)}</Badge>
            </TableCell>
            <TableCell label={t("values")} className="max-w-0 py-1.5 max-sm:max-w-none">
              <SampleValues values={field.sample} more={field.uniqueCount - field.sample.length} />
            </TableCell>
            <TableCell label={t("unique")} numeric>
              {field.uniqueCount}
            </TableCell>
            <TableCell
              label={t("present")}
              numeric
              className={field.presentCount < people ? "text-ink-faint" : ""}
            >
              {t("ofPeople", { count: field.presentCount, people })}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SampleValues({ values, more }: { values: readonly string[]; more: number }) {
  const t = useTranslations("providers.sample");
  if (values.length === 0) return <span className="text-xs text-ink-faint">{t("noValues")}</span>;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {values.map((value) => (
        <span
          key={value}
          className="max-w-full rounded-sm border bg-sunken px-1.5 text-left font-mono text-2xs leading-5 max-sm:break-all sm:truncate"
          title={value}
        >
          {value === "" ? "–" : value}
        </span>
      ))}
      {more > 0 && <span className="text-xs text-ink-faint">{t("more", { count: more })}</span>}
    </span>
  );
}
