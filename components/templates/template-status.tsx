import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { TemplateRow } from "@/lib/catalog/templates/schema";

type Status = TemplateRow["status"];

const looks: Record<Status, { tone: Tone; icon: IconName }> = {
  draft: { tone: "info", icon: "pencil" },
  active: { tone: "success", icon: "done" },
  deprecated: { tone: "warning", icon: "warning" },
  archived: { tone: "neutral", icon: "archive" },
};

export function TemplateStatus({ status, look = "boxed" }: { status: Status; look?: "boxed" | "plain" }) {
  const t = useTranslations("catalog");
  return <StatusBadge {...looks[status]} label={t(`status.${status}`)} look={look} />;
}
