import { useTranslations } from "next-intl";

export const mainContentId = "content";

export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href={`#${mainContentId}`}
      className="fixed top-2 left-2 z-70 -translate-y-16 rounded-md bg-inverse px-3 py-2 text-sm font-medium text-inverse-ink focus-visible:translate-y-0"
    >
      {t("skip")}
    </a>
  );
}
