import { useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";

/** How far the root disk is filled, in the cluster's own figure such as 37.50%; nothing while there is none. */
export function ImportProgress({ progress }: { progress: string | null }) {
  const t = useTranslations("vms");
  if (progress === null) return null;
  const percent = Number.parseFloat(progress);
  const isKnown = Number.isFinite(percent);
  return (
    <div className="mt-2 grid gap-1 text-sm">
      <p className="flex justify-between gap-3">
        <span>{t("import.filling")}</span>
        {isKnown && <span className="tabular-nums">{t("import.percent", { percent: percent / 100 })}</span>}
      </p>
      <Progress label={t("import.filling")} {...(isKnown ? { value: percent } : {})} />
    </div>
  );
}
