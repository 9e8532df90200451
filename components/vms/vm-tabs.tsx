import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

const tabs = {
  overview: "",
  activity: "/activity",
  configuration: "/configuration",
  disks: "/disks",
  network: "/network",
  metrics: "/metrics",
  snapshots: "/snapshots",
  console: "/console",
  yaml: "/yaml",
} as const;

export type VmTab = keyof typeof tabs;

interface VmTabsProps {
  vmId: string;
  current: VmTab;
  /** Pages that this person has no use for. */
  without: readonly VmTab[];
}

/** The pages of a machine, as links: each has its own address. */
export function VmTabs({ vmId, current, without }: VmTabsProps) {
  const t = useTranslations("vms.tabs");
  // The keys of the table above.
  const shown = (Object.keys(tabs) as VmTab[]).filter((tab) => !without.includes(tab));
  return (
    <nav
      aria-label={t("label")}
      className="flex gap-1 overflow-x-auto overscroll-x-contain border-b [scrollbar-width:thin]"
    >
      {shown.map((tab) => (
        <Link
          key={tab}
          href={`/vms/${vmId}${tabs[tab]}`}
          aria-current={tab === current ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 shrink-0 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap pointer-coarse:h-11",
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
