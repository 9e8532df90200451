"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice } from "@/components/ui/dropdown-menu";

// Each language is written in itself, whatever is chosen now.
const languages = [
  { value: "en", label: "English" },
  { value: "zh-CN", label: "简体中文" },
];

const yearSeconds = 31_536_000;

type LanguageSwitchProps = {
  /** Remembers the choice with the person; gets `locale`. Without it only this browser remembers. */
  changeLanguage?: ((form: FormData) => Promise<unknown>) | undefined;
};

export function LanguageSwitch({ changeLanguage }: LanguageSwitchProps) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();

  function choose(next: string) {
    document.cookie = `locale=${next}; path=/; max-age=${yearSeconds}; samesite=lax`;
    startTransition(async () => {
      await changeLanguage?.(localeForm(next));
      router.refresh();
    });
  }

  const trigger = (
    <Button variant="ghost" size="icon" aria-label={t("language.label")} title={t("language.label")}>
      <Languages aria-hidden strokeWidth={1.75} />
    </Button>
  );
  return (
    <DropdownMenu trigger={trigger}>
      <MenuChoice value={locale} onChange={choose} options={languages} />
    </DropdownMenu>
  );
}

function localeForm(locale: string) {
  const form = new FormData();
  form.set("locale", locale);
  return form;
}
