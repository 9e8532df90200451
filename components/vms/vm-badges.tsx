import { Clock, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmDetail } from "@/lib/vms/schema";
import { VmOrigin } from "./vm-origin";
import { VmStatus } from "./vm-status";

const soonDays = 14;
const dayMs = 86_400_000;

/** Beside a machine's name: its state, where it comes from, what keeps it and what ends it. */
export function VmBadges({ vm, now }: { vm: VmDetail; now: Date }) {
  const t = useTranslations("vms");
  return (
    <>
      <VmStatus status={vm.status} />
      <VmOrigin origin={vm.origin} />
      {vm.isProtected && (
        <Badge tone="success">
          <ShieldCheck aria-hidden className="size-3" />
          {t("badge.protected")}
        </Badge>
      )}
      <ExpiryBadge expiresAt={vm.expiresAt} now={now} />
    </>
  );
}

function ExpiryBadge({ expiresAt, now }: { expiresAt: Date | null; now: Date }) {
  const t = useTranslations("vms");
  if (expiresAt === null) return null;
  const leftDays = (expiresAt.getTime() - now.getTime()) / dayMs;
  const isOver = leftDays <= 0;
  return (
    <Badge tone={isOver ? "danger" : leftDays <= soonDays ? "warning" : "neutral"}>
      <Clock aria-hidden className="size-3" />
      {t.rich(isOver ? "badge.ended" : "badge.ends", { time: () => <TimeAgo at={expiresAt} /> })}
    </Badge>
  );
}
