import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type ExportCardProps = { templateId: string; sizes: readonly { id: string; displayName: string }[] };

/** A file of the version with one size; a plain form, so that it needs no scripts. */
export function ExportCard({ templateId, sizes }: ExportCardProps) {
  const t = useTranslations("templates.export");
  const address = `/api/v1/templates/${templateId}/export`;
  return (
    <Card title={t("title")} description={t("description")}>
      {sizes.length === 0 ? (
        <p className="text-sm text-ink-muted">{t("noSize")}</p>
      ) : (
        <form method="get" action={address} className="grid gap-3">
          <Field name="size" label={t("size")}>
            <Select options={sizes.map(({ id, displayName }) => ({ value: id, label: displayName }))} />
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" formAction={`${address}/helm`}>
              {t("helm")}
            </Button>
            <Button type="submit">{t("yaml")}</Button>
          </div>
          <p className="text-xs text-ink-faint">{t("noSecrets")}</p>
        </form>
      )}
    </Card>
  );
}
