"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { Icon, type IconName } from "@/components/ui/icon";

type Page = {
  key: "account" | "security" | "sessions" | "tokens" | "notices" | "delegation";
  href: string;
  icon: IconName;
};

const pages: readonly Page[] = [
  { key: "account", href: "/profile", icon: "user" },
  { key: "security", href: "/profile/security", icon: "shield-check" },
  { key: "sessions", href: "/profile/sessions", icon: "monitor" },
  { key: "tokens", href: "/profile/tokens", icon: "key" },
  { key: "notices", href: "/profile/notices", icon: "inbox" },
  { key: "delegation", href: "/profile/delegation", icon: "users" },
];

/** A row of tabs, beside the page where there is room. */
export function ProfileNavigation() {
  const t = useTranslations("accounts.profile");
  const path = usePathname();
  return (
    <nav aria-label={t("navigation")} className="min-w-0">
      <ul className="-mx-4 flex gap-1 overflow-x-auto px-4 lg:sticky lg:top-17 lg:mx-0 lg:grid lg:px-0">
        {pages.map(({ key, href, icon }) => (
          <li key={key} className="shrink-0">
            <Link
              href={href}
              aria-current={path === href ? "page" : undefined}
              className={cn(
                "flex h-8 items-center gap-2 rounded-md px-2 text-sm sm:px-2.5 text-ink-muted hover:bg-hover hover:text-ink pointer-coarse:h-10",
                "aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink",
              )}
            >
              <Icon name={icon} className="hidden sm:block" />
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
