import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { templateContent, type TemplateComparison } from "@/lib/catalog/templates/schema";
import { LineDiff } from "./line-diff";

/** What changed between two versions: members side by side, cloud-init by its lines. */
export function ComparisonView({ comparison }: { comparison: TemplateComparison }) {
  const t = useTranslations("templates");
  const { before, after, changes, cloudInit } = comparison;
  if (changes.length === 0 && cloudInit.length === 0) {
    return (
      <Card flush>
        <EmptyState icon="check" title={t("compare.equal")}>
          {t("compare.equalDetail", { before: before.version, after: after.version })}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid min-w-0 gap-5">
      {changes.length > 0 && <ChangeTable comparison={comparison} />}
      {cloudInit.length > 0 && (
        <LineDiff
          lines={cloudInit}
          title={t("member.cloudInit")}
          before={before.version}
          after={after.version}
        />
      )}
      <EqualMembers comparison={comparison} />
    </div>
  );
}

function ChangeTable({ comparison: { before, after, changes } }: { comparison: TemplateComparison }) {
  const t = useTranslations("templates");
  return (
    <Table caption={t("compare.members")}>
      <TableHead>
        <HeadCell className="sm:w-48">{t("compare.member")}</HeadCell>
        <HeadCell className="sm:w-[40%]">{t("version", { version: before.version })}</HeadCell>
        <HeadCell className="sm:w-[40%]">{t("version", { version: after.version })}</HeadCell>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={change.field}>
            <TableCell className="py-2 align-top font-medium whitespace-normal!">
              {t.has(`member.${change.field}`) ? t(`member.${change.field}`) : change.field}
            </TableCell>
            <TableCell
              label={t("version", { version: before.version })}
              className="py-2 align-top whitespace-normal! sm:whitespace-normal"
            >
              <Value field={change.field} value={change.before} sign="removed" />
            </TableCell>
            <TableCell
              label={t("version", { version: after.version })}
              className="py-2 align-top whitespace-normal! sm:whitespace-normal"
            >
              <Value field={change.field} value={change.after} sign="added" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type Json = TemplateComparison["changes"][number]["before"];
type Sign = "removed" | "added";
type ValueProps = { field: string; value: Json; sign: Sign };

function Value({ field, value, sign }: ValueProps) {
  const t = useTranslations("templates.compare");
  const lines = useWords(field, value);
  if (lines.length === 0) return <span className="text-ink-faint">{t("nothing")}</span>;
  const Mark = sign === "removed" ? "del" : "ins";
  const look = sign === "removed" ? "bg-danger-soft text-danger" : "bg-success-soft text-success";
  return (
    <ul className="grid min-w-0 gap-1 max-sm:justify-items-end">
      {lines.map((line) => (
        <li key={line} className="min-w-0">
          <Mark className={`rounded-xs px-1 break-all whitespace-pre-line no-underline ${look}`}>
            <span aria-hidden className="mr-1 font-mono">
              {sign === "removed" ? "−" : "+"}
            </span>
            {line}
          </Mark>
        </li>
      ))}
    </ul>
  );
}

/** A value in the words of the editor, one line for each part. */
function useWords(field: string, value: Json): string[] {
  const t = useTranslations("templates");
  const catalog = useTranslations("catalog");
  if (value === null || value === "") return [];
  if (typeof value === "boolean") return [t(value ? "compare.yes" : "compare.no")];
  if (field === "catalogScope") return [catalog(`scope.${String(value)}`)];
  if (field === "sourceType") return [catalog(`source.${String(value)}`)];
  if (field === "logoId") return [String(value).slice(0, 12)];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "object")
    return Object.entries(value).map(([key, part]) => `${key}: ${JSON.stringify(part)}`);
  return [String(value)];
}

/** Folded: that they are equal is all there is to say of them. */
function EqualMembers({ comparison: { changes, cloudInit } }: { comparison: TemplateComparison }) {
  const t = useTranslations("templates");
  const changed = new Set([
    ...changes.map(({ field }) => field),
    ...(cloudInit.length > 0 ? ["cloudInit"] : []),
  ]);
  const equal = Object.keys(templateContent.shape).filter((field) => !changed.has(field));
  if (equal.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="w-fit text-ink-muted hover:text-ink">
        {t("compare.equalMembers", { count: equal.length })}
      </summary>
      <p className="pt-2 text-ink-muted">{equal.map((field) => t(`member.${field}`)).join(", ")}</p>
    </details>
  );
}
