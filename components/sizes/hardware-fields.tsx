"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Switch } from "@/components/ui/switch";
import { DeviceTable } from "./device-table";
import { isSaid, memberPaths } from "./member-paths";
import { NetworkTable } from "./network-table";
import { SetElsewhere } from "./set-elsewhere";
import { hugepagesSizes } from "./size-choices";
import { useSizeEditing } from "./size-editor-context";

/** What not every cluster has. */
export function HardwareFields() {
  return (
    <div className="grid gap-5">
      <DedicatedSwitch />
      <HugepagesChoice />
      <DeviceTable />
      <NetworkTable />
    </div>
  );
}

function DedicatedSwitch() {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf } = useSizeEditing();
  const isElsewhere = isSaid(draft.overrides, memberPaths.dedicatedCpu);
  const error = errorOf("dedicatedCpu");
  return (
    <div className="grid gap-1.5">
      <Switch
        name="dedicatedCpu"
        label={t("dedicated")}
        description={t("dedicatedHint")}
        checked={draft.dedicatedCpu}
        disabled={isElsewhere}
        onChange={(event) => change({ dedicatedCpu: event.target.checked })}
      />
      {isElsewhere && <SetElsewhere member="dedicatedCpu" />}
      {error && <p className="text-xs text-danger">{error}</p>}
    </div>
  );
}

function HugepagesChoice() {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf } = useSizeEditing();
  const id = useId();
  const isElsewhere = isSaid(draft.overrides, memberPaths.hugepagesSize);
  const error = errorOf("hugepagesSize");
  return (
    <div className="grid gap-1.5">
      <span className="grid gap-0.5">
        <span className="text-sm font-medium">{t("hugepages")}</span>
        <span id={id} className="text-xs text-ink-muted">
          {t("hugepagesHint")}
        </span>
      </span>
      {isElsewhere ? (
        <SetElsewhere member="hugepagesSize" />
      ) : (
        <SegmentedControl
          name="hugepagesSize"
          label={t("hugepages")}
          value={draft.hugepagesSize}
          onChange={(hugepagesSize) => change({ hugepagesSize })}
          options={[
            { value: "", label: t("hugepagesNone") },
            ...hugepagesSizes.map((size) => ({ value: size, label: size })),
          ]}
        />
      )}
      {error && <p className="text-xs text-danger">{error}</p>}
    </div>
  );
}
