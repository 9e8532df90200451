import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/class-names";

const tabs = {
  services: "",
  topology: "/topology",
  members: "/members",
  consoles: "/consoles",
  access: "/access",
} as const;

const keepersTabs = ["consoles", "access"] as const;

export type SystemTab = keyof typeof tabs;

interface SystemTabsProps {
  systemId: string;
  current: SystemTab;
  /** Owners and administrators review who has access and see who is connected. */
  withReview: boolean;
}

/** The pages of a system, as links: each has its own address. */
export function SystemTabs({ systemId, current, withReview }: SystemTabsProps) {
  const t = useTranslations("systems.tabs");
  const shown: SystemTab[] = ["services", "topology", "members", ...(withReview ? keepersTabs : [])];
  return (
    <nav aria-label={t("label")} className="flex gap-1 overflow-x-auto border-b">
      {shown.map((tab) => (
        <Link
          key={tab}
          href={`/systems/${systemId}${tabs[tab]}`}
          aria-current={tab === current ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap pointer-coarse:h-11",
            tab === current
              ? "border-accent-ink text-ink"
              : "border-transparent text-ink-muted hover:border-line hover:text-ink",
          )}
        >
          {t(tab)}
        </Link>
      ))}
    </nav>
  );
}
