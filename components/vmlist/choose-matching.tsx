"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChoosableVm } from "@/components/batches/bulk-bar";
import { useChosenVms } from "@/components/batches/chosen-vms-context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/show-toast";
import { readRows } from "./read-rows";

/** As many as one bulk request takes. */
const chosenMax = 50;

type ChooseMatchingProps = {
  q: string;
  sort: string;
  filters: readonly [name: string, value: string][];
  shownIds: readonly string[];
  onFound: (vms: readonly ChoosableVm[]) => void;
};

/** Once the whole page is chosen: the first of all that match, up to what can be asked for at once. */
export function ChooseMatching({ q, sort, filters, shownIds, onFound }: ChooseMatchingProps) {
  const t = useTranslations("vmlist");
  const vms = useChosenVms();
  const [busy, setBusy] = useState(false);
  const isOffered = shownIds.length < chosenMax && shownIds.every((id) => vms?.chosen.has(id));
  if (!isOffered || shownIds.length === 0) return null;

  async function choose() {
    setBusy(true);
    const rows = await readRows({ q, sort, filters, perPage: chosenMax }, false);
    setBusy(false);
    if (rows === null) return showToast("error", t("matching.failed"));
    onFound(rows.map(({ id, name, status }) => ({ id, name, status })));
    vms?.choose(shownIds, false);
    vms?.choose(
      rows.map(({ id }) => id),
      true,
    );
  }

  return (
    <p>
      <Button size="sm" variant="ghost" pending={busy} onClick={() => void choose()}>
        {t("matching.choose", { count: chosenMax })}
      </Button>
    </p>
  );
}
