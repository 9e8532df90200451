"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice } from "@/components/ui/dropdown-menu";

export function ThemeSwitch() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  const options = [
    { value: "system", label: t("theme.system"), icon: <Monitor aria-hidden /> },
    { value: "light", label: t("theme.light"), icon: <Sun aria-hidden /> },
    { value: "dark", label: t("theme.dark"), icon: <Moon aria-hidden /> },
  ];
  const trigger = (
    <Button variant="ghost" size="icon" aria-label={t("theme.label")} title={t("theme.label")}>
      <Sun aria-hidden strokeWidth={1.75} className="dark:hidden" />
      <Moon aria-hidden strokeWidth={1.75} className="hidden dark:block" />
    </Button>
  );
  return (
    <DropdownMenu trigger={trigger}>
      <MenuChoice value={theme ?? "system"} onChange={setTheme} options={options} />
    </DropdownMenu>
  );
}
