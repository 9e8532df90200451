"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { navigationIcons } from "./icons";
import { currentItem, navigationGroups, type NavigationItem } from "./navigation";

type NavigationListProps = {
  items: readonly NavigationItem[];
  iconsOnly?: boolean | undefined;
  onNavigate?: (() => void) | undefined;
};

export function NavigationList({ items, iconsOnly = false, onNavigate }: NavigationListProps) {
  const t = useTranslations("shell");
  const path = usePathname();
  const current = currentItem(path, items);
  return (
    <nav aria-label={t("navigation.label")} className="grid gap-4">
      {navigationGroups.map((group) => {
        const members = items.filter((item) => item.group === group);
        if (members.length === 0) return null;
        return (
          <div key={group} className="grid gap-px">
            <h2 className={cn("px-2 pb-1 text-xs text-ink-faint", iconsOnly && "sr-only")}>
              {t(`navigation.${group}`)}
            </h2>
            {members.map((item) => (
              <NavigationLink
                key={item.href}
                item={item}
                active={item === current}
                iconsOnly={iconsOnly}
                onNavigate={onNavigate}
              />
            ))}
          </div>
        );
      })}
    </nav>
  );
}

type NavigationLinkProps = {
  item: NavigationItem;
  active: boolean;
  iconsOnly: boolean;
  onNavigate: (() => void) | undefined;
};

function NavigationLink({ item, active, iconsOnly, onNavigate }: NavigationLinkProps) {
  const Drawing = navigationIcons[item.icon];
  return (
    <Link
      href={item.href}
      aria-current={active ? "page" : undefined}
      title={iconsOnly ? item.label : undefined}
      {...(onNavigate ? { onClick: onNavigate } : {})}
      className={cn(
        "relative flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-ink-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-10",
        active && "bg-hover font-medium text-ink",
        iconsOnly && "justify-center px-0",
      )}
    >
      <Drawing
        aria-hidden
        className={cn("size-4 shrink-0", active && "text-accent-ink")}
        strokeWidth={1.75}
      />
      <span className={cn("min-w-0 flex-1 truncate", iconsOnly && "sr-only")}>{item.label}</span>
      {item.badge !== undefined && item.badge > 0 && <Count value={item.badge} dot={iconsOnly} />}
    </Link>
  );
}

function Count({ value, dot }: { value: number; dot: boolean }) {
  if (dot)
    return <span aria-hidden className="absolute top-1 right-1.5 size-1.5 rounded-full bg-accent-ink" />;
  return (
    <span className="rounded-full bg-accent-soft px-1.5 text-2xs font-semibold text-accent-ink tabular-nums">
      {value > 99 ? "99+" : value}
    </span>
  );
}
