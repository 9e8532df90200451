"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

const tabs = [
  { key: "channels", href: "/admin/notices" },
  { key: "mail", href: "/admin/notices/mail" },
  { key: "texts", href: "/admin/notices/texts" },
  { key: "log", href: "/admin/notices/log" },
] as const;

/** The parts of this page, as tabs. */
export function NoticeTabs() {
  const t = useTranslations("notices.tabs");
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="min-w-0 border-b">
      <ul className="-mb-px flex gap-4 overflow-x-auto">
        {tabs.map(({ key, href }) => (
          <li key={key} className="shrink-0">
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
              className={cn(
                "flex h-9 items-center border-b-2 border-transparent text-sm text-ink-muted hover:text-ink pointer-coarse:h-11",
                "aria-[current]:border-accent-ink aria-[current]:font-medium aria-[current]:text-ink",
              )}
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
