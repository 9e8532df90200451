import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { DeskRow } from "@/lib/requests/desks/schema";

export function DeskTypeBadge({ type }: { type: DeskRow["type"] }) {
  const t = useTranslations("desks.type");
  return <Badge>{t(`${type}.short`)}</Badge>;
}

export function DeskState({ enabled }: { enabled: boolean }) {
  const t = useTranslations("desks.state");
  return <Badge tone={enabled ? "success" : "neutral"}>{t(enabled ? "on" : "off")}</Badge>;
}
