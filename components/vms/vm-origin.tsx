import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { VmOrigin as Origin } from "@/lib/vms/schema";

/** Shown only for a machine that was not requested here. */
export function VmOrigin({ origin }: { origin: Origin }) {
  const t = useTranslations("vms");
  if (origin === "request") return null;
  return <Badge tone="info">{t(`origin.${origin}`)}</Badge>;
}
