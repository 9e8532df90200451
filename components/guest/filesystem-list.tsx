import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { useBytes } from "@/components/vms/use-bytes";
import type { GuestFacts } from "@/lib/vms/guest/schema";

type Filesystem = NonNullable<GuestFacts["filesystems"]>[number];

/** Above this share a filesystem is nearly full, and says so in words too. */
const fullShare = 0.9;
const shownMax = 12;

/** How full each filesystem of the guest is, the fullest first. */
export function FilesystemList({ filesystems }: { filesystems: readonly Filesystem[] }) {
  const t = useTranslations("guest.filesystems");
  if (filesystems.length === 0) return <p className="text-sm text-ink-faint">{t("none")}</p>;
  const fullest = [...filesystems].sort((a, b) => shareOf(b) - shareOf(a));
  return (
    <section aria-label={t("title")} className="grid gap-2">
      <h3 className="text-xs font-medium text-ink-muted">{t("title")}</h3>
      <ul className="grid gap-2.5">
        {fullest.slice(0, shownMax).map((one, index) => (
          <FilesystemBar key={`${index}/${one.mountPoint}`} filesystem={one} />
        ))}
      </ul>
      {fullest.length > shownMax && (
        <p className="text-xs text-ink-faint">{t("more", { count: fullest.length - shownMax })}</p>
      )}
    </section>
  );
}

function shareOf({ usedBytes, totalBytes }: Filesystem): number {
  return usedBytes / totalBytes;
}

function FilesystemBar({ filesystem }: { filesystem: Filesystem }) {
  const t = useTranslations("guest.filesystems");
  const format = useFormatter();
  const bytes = useBytes();
  const share = shareOf(filesystem);
  const isFull = share >= fullShare;
  const summary = t(isFull ? "nearlyFull" : "used", {
    used: bytes(filesystem.usedBytes),
    total: bytes(filesystem.totalBytes),
    share: format.number(share, { style: "percent", maximumFractionDigits: 0 }),
  });
  return (
    <li className="grid min-w-0 gap-1 text-xs">
      <div className="flex flex-wrap justify-between gap-x-3">
        <span className="min-w-0 font-mono break-all">
          {filesystem.mountPoint}
          {filesystem.type !== null && <span className="ml-2 text-ink-faint">{filesystem.type}</span>}
        </span>
        <span className={cn("tabular-nums", isFull ? "font-medium text-danger" : "text-ink-muted")}>
          {summary}
        </span>
      </div>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
        <div
          className={cn("h-full rounded-full", isFull ? "bg-danger-solid" : "bg-accent")}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </div>
    </li>
  );
}
