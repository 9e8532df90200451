import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { TemplateVersion } from "@/lib/catalog/templates/schema";

type CompareChoiceProps = {
  templateId: string;
  withId: string | undefined;
  versions: readonly TemplateVersion[];
};

/** Which other version this one is held against; a plain form, so that a link shows the same view. */
export function CompareChoice({ templateId, withId, versions }: CompareChoiceProps) {
  const t = useTranslations("templates");
  const catalog = useTranslations("catalog");
  const others = versions.filter(({ id }) => id !== templateId);
  if (others.length < 2) return null;
  return (
    <form method="get" action={`/admin/templates/${templateId}/compare`} className="flex flex-wrap gap-2">
      <Select
        name="with"
        aria-label={t("compare.with")}
        defaultValue={withId}
        options={others.map(({ id, version, status }) => ({
          value: id,
          label: `${t("version", { version })} · ${catalog(`status.${status}`)}`,
        }))}
        className="w-56"
      />
      <Button type="submit">{t("compare.show")}</Button>
    </form>
  );
}
