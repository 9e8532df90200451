"use client";

import dynamic from "next/dynamic";
import { useMemo, useState, type ReactNode } from "react";
import type { ChoosableVm } from "./bulk-bar";
import { ChosenVmsContext } from "./chosen-vms-context";

// Fetched with the first choice: most lists are only read.
const BulkBar = dynamic(() => import("./bulk-bar").then((module) => module.BulkBar), { ssr: false });

type ChooseVmsProps = { vms: readonly ChoosableVm[]; children: ReactNode };

/** A list whose machines can be chosen, and the bar that asks for something of all of them. */
export function ChooseVms({ vms, children }: ChooseVmsProps) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const context = useMemo(() => {
    const choose = (changed: readonly string[], isChosen: boolean) =>
      setIds((before) => {
        const next = new Set(before);
        for (const id of changed)
          if (isChosen) next.add(id);
          else next.delete(id);
        return next;
      });
    return { chosen: ids, choose };
  }, [ids]);
  // What has left the page meanwhile is not asked for unseen.
  const chosen = vms.filter(({ id }) => ids.has(id));
  return (
    <ChosenVmsContext value={context}>
      {children}
      {chosen.length > 0 && (
        <BulkBar key={chosen.map(({ id }) => id).join()} vms={chosen} onClear={() => setIds(new Set())} />
      )}
    </ChosenVmsContext>
  );
}
