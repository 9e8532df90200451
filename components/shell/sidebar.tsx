"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { useState, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Logo } from "./logo";
import type { NavigationItem } from "./navigation";
import { NavigationList } from "./navigation-list";

type SidebarProps = {
  items: readonly NavigationItem[];
  /** From the cookie `sidebar`, so that the server draws the width the person left. */
  collapsedAtFirst: boolean;
  footer?: ReactNode;
};

const yearSeconds = 31_536_000;

export function Sidebar({ items, collapsedAtFirst, footer }: SidebarProps) {
  const t = useTranslations("shell");
  const [collapsed, setCollapsed] = useState(collapsedAtFirst);

  function toggle() {
    document.cookie = `sidebar=${collapsed ? "open" : "collapsed"}; path=/; max-age=${yearSeconds}; samesite=lax`;
    setCollapsed(!collapsed);
  }

  const Drawing = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <aside
      className={cn(
        "sticky top-0 z-20 hidden h-dvh shrink-0 flex-col border-r bg-canvas transition-[width] duration-150 lg:flex",
        collapsed ? "w-14" : "w-58",
      )}
    >
      <div className={cn("flex h-12 shrink-0 items-center px-4", collapsed && "justify-center px-0")}>
        <Link href="/" className="flex rounded-md" aria-label={"Shepherd"}>
          <Logo wordClassName={collapsed ? "hidden" : undefined} />
        </Link>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 py-2">
        <NavigationList items={items} iconsOnly={collapsed} />
      </div>
      <div
        className={cn(
          "flex items-center gap-2 border-t px-2.5 py-2",
          collapsed ? "justify-center" : "justify-between",
        )}
      >
        {!collapsed && <div className="min-w-0 truncate pl-2 text-xs text-ink-faint">{footer}</div>}
        <IconButton
          label={collapsed ? t("sidebar.expand") : t("sidebar.collapse")}
          aria-expanded={!collapsed}
          onClick={toggle}
          size="icon-sm"
        >
          <Drawing aria-hidden strokeWidth={1.75} />
        </IconButton>
      </div>
    </aside>
  );
}
