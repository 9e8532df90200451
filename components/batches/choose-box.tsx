"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { useChosenVms } from "./chosen-vms-context";

/** Chooses one machine of the list for the bar below it. */
export function ChooseBox({ vmId, name }: { vmId: string; name: string }) {
  const t = useTranslations("batches");
  const vms = useChosenVms();
  if (vms === null) return null;
  return (
    <Checkbox
      aria-label={t("bar.choose", { name })}
      checked={vms.chosen.has(vmId)}
      onChange={(event) => vms.choose([vmId], event.target.checked)}
      className="relative z-1"
    />
  );
}

/** Chooses every machine on the page, or none. */
export function ChooseAllBox({ vmIds }: { vmIds: readonly string[] }) {
  const t = useTranslations("batches");
  const vms = useChosenVms();
  if (vms === null) return null;
  return (
    <Checkbox
      aria-label={t("bar.chooseAll")}
      checked={vmIds.length > 0 && vmIds.every((id) => vms.chosen.has(id))}
      onChange={(event) => vms.choose(vmIds, event.target.checked)}
    />
  );
}
