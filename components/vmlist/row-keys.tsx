"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useChosenVms } from "@/components/batches/chosen-vms-context";
import { useKeySequence } from "@/components/shell/use-key-sequence";
import { Kbd } from "@/components/ui/kbd";

const keys = ["/", "j", "k", "x", "c"] as const;
const names = { "/": "search", j: "down", k: "up", x: "choose", c: "console" } as const;

/** Keys for the row that has the focus, beside those that walk the rows of every list. */
export function RowKeys() {
  const t = useTranslations("vmlist");
  const router = useRouter();
  const vms = useChosenVms();

  useKeySequence((pressed) => {
    const focused = document.activeElement;
    const id = focused instanceof HTMLElement ? focused.dataset["vm"] : undefined;
    if (id === undefined) return;
    if (pressed === "x") vms?.choose([id], !vms.chosen.has(id));
    if (pressed === "c") router.push(`/vms/${id}/console`);
  });

  return (
    <p className="hidden flex-wrap gap-x-4 gap-y-1 text-xs text-ink-faint pointer-fine:lg:flex">
      {keys.map((key) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <Kbd>{key}</Kbd>
          {t(`keys.${names[key]}`)}
        </span>
      ))}
    </p>
  );
}
