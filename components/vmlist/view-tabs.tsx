import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { ViewRow } from "@/lib/vms/list/views/schema";

type ViewTabsProps = { views: readonly ViewRow[]; openId: string | null };

/** Searches that somebody kept, each one link away. */
export function ViewTabs({ views, openId }: ViewTabsProps) {
  const t = useTranslations("vmlist");
  if (views.length === 0) return null;
  return (
    <nav
      aria-label={t("views.label")}
      className="no-scrollbar -mx-1 flex gap-1 overflow-x-auto border-b px-1"
    >
      <Tab href="/vms?view=all" isOpen={openId === null}>
        {t("views.all")}
      </Tab>
      {views.map((view) => (
        <Tab key={view.id} href={`/vms?view=${view.id}`} isOpen={openId === view.id}>
          {view.name}
          {view.systemName !== null && <span className="text-xs text-ink-faint">{view.systemName}</span>}
        </Tab>
      ))}
    </nav>
  );
}

function Tab({ href, isOpen, children }: { href: string; isOpen: boolean; children: React.ReactNode }) {
  return (
    <Link
      href={href}
      aria-current={isOpen ? "page" : undefined}
      className={cn(
        "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 px-2.5 text-sm whitespace-nowrap",
        isOpen ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
