"use client";

import { useTranslations } from "next-intl";
import { DraftField } from "./draft-field";
import { numberOf } from "./size-draft";
import { useSizeEditing } from "./size-editor-context";

/** What the machine sees, what is set aside for it, and what that comes to. */
export function CapacityFields() {
  const t = useTranslations("sizes.form");
  return (
    <div className="grid gap-4">
      <Amount
        limit="cpuCores"
        request="cpuRequest"
        labels={{ limit: t("cpu"), request: t("cpuRequest") }}
        unit={t("cores")}
      />
      <Amount
        limit="memoryGi"
        request="memoryRequestGi"
        labels={{ limit: t("memory"), request: t("memoryRequest") }}
        unit="GiB"
      />
      <div className="grid gap-1">
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <DraftField
            member="defaultDiskGb"
            label={t("diskDefault")}
            unit="GB"
            type="number"
            min={1}
            step={1}
            required
          />
          <DraftField
            member="minDiskGb"
            label={t("diskMin")}
            unit="GB"
            type="number"
            min={1}
            step={1}
            required
          />
          <DraftField
            member="maxDiskGb"
            label={t("diskMax")}
            unit="GB"
            type="number"
            min={1}
            step={1}
            required
          />
        </div>
        <p className="text-xs text-ink-faint">{t("diskHint")}</p>
      </div>
    </div>
  );
}

type AmountProps = {
  limit: "cpuCores" | "memoryGi";
  request: "cpuRequest" | "memoryRequestGi";
  labels: { limit: string; request: string };
  unit: string;
};

function Amount({ limit, request, labels, unit }: AmountProps) {
  const { draft } = useSizeEditing();
  return (
    <div className="grid gap-1.5">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <DraftField
          member={limit}
          label={labels.limit}
          unit={unit}
          type="number"
          min={0.5}
          step={0.5}
          required
        />
        <DraftField
          member={request}
          label={labels.request}
          unit={unit}
          type="number"
          min={0.5}
          step={0.5}
          placeholder={draft[limit]}
        />
      </div>
      <Overcommit limit={numberOf(draft[limit])} request={numberOf(draft[request])} unit={unit} />
    </div>
  );
}

type OvercommitProps = { limit: number | null; request: number | null; unit: string };

/** The share that is set aside as a bar, and the ratio in words. */
function Overcommit({ limit, request, unit }: OvercommitProps) {
  const t = useTranslations("sizes.form");
  if (limit === null || !(limit > 0)) return null;
  const reserved = request ?? limit;
  if (!(reserved > 0) || reserved > limit) return null;
  const ratio = Math.round((limit / reserved) * 10) / 10;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <span
        aria-hidden
        className="h-1.5 w-28 overflow-hidden rounded-full bg-sunken inset-ring-1 inset-ring-line"
      >
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${(reserved / limit) * 100}%` }}
        />
      </span>
      <span className="tabular-nums">
        {reserved === limit ? t("noOvercommit") : t("overcommit", { reserved, limit, unit, ratio })}
      </span>
    </div>
  );
}
