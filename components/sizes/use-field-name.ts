import { useTranslations } from "next-intl";

/** What the form calls a field; an override is called by the end of its path. */
export function useFieldName(): (field: string) => string {
  const t = useTranslations("sizes.member");
  return (field) => {
    if (field.startsWith("specOverrides.")) return field.split(".").slice(-2).join(".");
    const [member = field] = field.split(".");
    return t.has(member) ? t(member) : field;
  };
}
