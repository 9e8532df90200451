import { useTranslations } from "next-intl";
import type { SizePreview } from "@/lib/vms/size-preview/schema";

type Explained = SizePreview["compatibleClusters"][number]["exclusions"][number];

/** Why a cluster is out, or what to mind, as a sentence; an unknown reason still says its code. */
export function useExplained(): (explained: Explained) => string {
  const t = useTranslations("sizes");
  return ({ code, params }) => {
    const reason = String(params["reason"] ?? "told");
    const key = `explained.${code}.${reason}`;
    return t.has(key) ? t(key, printable(params)) : t("explained.unknown", { code, reason });
  };
}

function printable(params: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? value : String(value)]),
  );
}
