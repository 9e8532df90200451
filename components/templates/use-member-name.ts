import { useTranslations } from "next-intl";
import { useFieldTitle } from "./use-field-title";

/** What a member of a template, or a field in its layers, is called on the screen. */
export function useMemberName(): (member: string) => string {
  const t = useTranslations("templates");
  const title = useFieldTitle();
  return (member) => {
    if (member.startsWith("fields.")) return title(member.slice("fields.".length));
    const name = member.split(".")[0] ?? member;
    return t.has(`member.${name}`) ? t(`member.${name}`) : member;
  };
}
