import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SizeListRow } from "@/lib/catalog/sizes/schema";

type SizeStateProps = {
  size: Pick<SizeListRow, "enabled" | "deprecatedAt" | "catalogScope">;
  look?: "boxed" | "plain";
};

/** Whether people are offered it, in one word. */
export function SizeState({ size, look = "boxed" }: SizeStateProps) {
  const t = useTranslations("sizes.state");
  if (size.deprecatedAt !== null)
    return <StatusBadge look={look} tone="warning" icon="archive" label={t("deprecated")} />;
  if (!size.enabled) return <StatusBadge look={look} tone="neutral" icon="paused" label={t("hidden")} />;
  if (size.catalogScope === "unclassified")
    return <StatusBadge look={look} tone="neutral" icon="dashed" label={t("nowhere")} />;
  return <StatusBadge look={look} tone="success" icon="done" label={t("offered")} />;
}
