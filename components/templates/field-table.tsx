import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { fieldLayers, type TemplateDetail } from "@/lib/catalog/templates/schema";
import { textOf } from "./field-texts";
import { useFieldTitle } from "./use-field-title";

/** Which fields requesters set, layer by layer, and what the template itself says of others. */
export function FieldTable({ template }: { template: TemplateDetail }) {
  const t = useTranslations("templates.layers");
  const rows = rowsOf(template);
  if (rows.length === 0) {
    return (
      <Card title={t("title")}>
        <p className="text-sm text-ink-muted">{t("noneStored")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("title")} flush>
      <Table caption={t("title")}>
        <TableHead>
          <HeadCell>{t("column.field")}</HeadCell>
          <HeadCell>{t("column.place")}</HeadCell>
          <HeadCell>{t("column.standard")}</HeadCell>
          <HeadCell>{t("column.limits")}</HeadCell>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <FieldRow key={row.key} row={row} template={template} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

type Row = ReturnType<typeof rowsOf>[number];

function rowsOf(template: TemplateDetail) {
  const layered = fieldLayers.flatMap((place) => template[`${place}Fields`].map((key) => ({ key, place })));
  const named = new Set(layered.map(({ key }) => key));
  const fixed = Object.keys(template.fieldDefaults).filter((key) => !named.has(key));
  return [...layered, ...fixed.map((key) => ({ key, place: "fixed" as const }))];
}

function FieldRow({ row: { key, place }, template }: { row: Row; template: TemplateDetail }) {
  const t = useTranslations("templates.layers");
  const title = useFieldTitle();
  const { min, max, options } = template.fieldConstraints[key] ?? {};
  const limits = [
    ...(min === undefined ? [] : [t("chipMin", { value: String(min) })]),
    ...(max === undefined ? [] : [t("chipMax", { value: String(max) })]),
    ...(options === undefined ? [] : [t("chipOptions", { options: options.join(", ") })]),
  ];
  return (
    <TableRow>
      <TableCell className="py-2 whitespace-normal!">
        <span className="block font-medium">{title(key)}</span>
        <code className="font-mono text-xs break-all text-ink-faint">{key}</code>
      </TableCell>
      <TableCell label={t("column.place")}>{t(`place.${place}`)}</TableCell>
      <TableCell label={t("column.standard")} className="font-mono text-xs break-all whitespace-normal!">
        {textOf(template.fieldDefaults[key]) || "–"}
      </TableCell>
      <TableCell label={t("column.limits")} className="text-xs whitespace-normal! text-ink-muted">
        {limits.join(" · ") || "–"}
      </TableCell>
    </TableRow>
  );
}
