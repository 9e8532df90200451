import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { AdoptionRow } from "@/lib/vms/adoption/schema";

const looks: Record<AdoptionRow["status"], { tone: Tone; icon: IconName }> = {
  PENDING: { tone: "warning", icon: "hourglass" },
  ADOPTED: { tone: "success", icon: "done" },
  REJECTED: { tone: "neutral", icon: "ban" },
  GONE: { tone: "neutral", icon: "unfound" },
};

type AdoptionStatusProps = { status: AdoptionRow["status"]; look?: "boxed" | "plain" };

export function AdoptionStatus({ status, look = "boxed" }: AdoptionStatusProps) {
  const t = useTranslations("adoption");
  return <StatusBadge {...looks[status]} label={t(`status.${status}`)} look={look} />;
}
