import { useTranslations } from "next-intl";
import { fieldSlug } from "@/components/requests/field-values";

/** What requesters see a field called: its words in their form, or the last part of its path. */
export function useFieldTitle(): (key: string) => string {
  const t = useTranslations("requests");
  return (key) => {
    const slug = fieldSlug(key);
    return t.has(`fieldNames.${slug}`) ? t(`fieldNames.${slug}`) : (key.split(".").at(-1) ?? key);
  };
}
