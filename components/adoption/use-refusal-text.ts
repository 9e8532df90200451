import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ImportRefusal } from "@/lib/vms/adoption/schema";

/** Why a machine cannot be imported, as a sentence; obstacles of the registry have their own. */
export function useRefusalText() {
  const t = useTranslations("adoption");
  return useCallback(
    ({ code, params }: ImportRefusal) => {
      const facts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
      const reason = `forbidden.${facts["reason"]}`;
      if (code === "forbidden" && t.has(reason)) facts["reason"] = t(reason);
      if (t.has(`refusal.${code}`)) return t(`refusal.${code}`, facts);
      return t.has(`obstacle.${code}`) ? t(`obstacle.${code}`, facts) : code;
    },
    [t],
  );
}
