import { useTranslations } from "next-intl";
import { LanguageSwitch } from "@/components/shell/language-switch";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { Card } from "@/components/ui/card";

export function ProfilePreferences() {
  const t = useTranslations("accounts.profile");
  return (
    <Card title={t("preferences")}>
      <div className="grid gap-1 text-sm">
        <div className="flex items-center justify-between gap-4">
          <span>{t("language")}</span>
          <LanguageSwitch />
        </div>
        <div className="flex items-center justify-between gap-4">
          <span>{t("theme")}</span>
          <ThemeSwitch />
        </div>
      </div>
    </Card>
  );
}
