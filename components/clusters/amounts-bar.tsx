import { useFormatter, useTranslations } from "next-intl";
import { CapacityBar } from "@/components/ui/capacity-bar";
import type { Amounts } from "@/lib/clusters/capacity/schema";

interface AmountsBarProps {
  kind: "cpu" | "memory";
  amounts: Amounts;
  /** In a row of a table the numbers are fewer. */
  dense?: boolean;
}

/** Solid: taken by running machines. Hatched: promised to machines that do not run now. */
export function AmountsBar({ kind, amounts, dense = false }: AmountsBarProps) {
  const t = useTranslations("clusters.amounts");
  const { number } = useFormatter();
  const taken = Math.max(amounts.used ?? 0, amounts.promised - amounts.idle);
  const values = {
    used: amounts.used === null ? "–" : number(amounts.used),
    promised: number(amounts.promised),
    free: number(amounts.free),
    total: number(amounts.total),
  };
  return (
    <CapacityBar
      label={dense ? t(`${kind}.short`, values) : t(`${kind}.label`)}
      used={taken}
      pending={amounts.idle}
      total={amounts.total}
      summary={t(dense ? `${kind}.dense` : `${kind}.summary`, values)}
    />
  );
}
