"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StoredState } from "./size-draft";

type SaveBarProps = { stored: StoredState | null; cancelHref: string; isBlocked: boolean };

/** Says what saving will affect before it is pressed. */
export function SaveBar({ stored, cancelHref, isBlocked }: SaveBarProps) {
  const t = useTranslations("sizes.save");
  return (
    <Card>
      <div className="grid gap-3">
        <FormMessage visibleFields={shownFields} />
        <p className="text-sm text-ink-muted">
          {stored === null
            ? t("effectNew")
            : t("effect", { vms: stored.vmCount, requests: stored.pendingCount })}
        </p>
        {isBlocked && <p className="text-xs text-danger">{t("blocked")}</p>}
        <div className="flex flex-wrap gap-2">
          <SubmitButton>{t(stored === null ? "create" : "save")}</SubmitButton>
          <LinkButton href={cancelHref} variant="ghost">
            {t("cancel")}
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}

/** Errors of these stand at their inputs; all others are listed. */
const shownFields = [
  ...["name", "displayName", "description", "catalogScope", "sortOrder", "costClass"],
  ...["cpuCores", "cpuRequest", "memoryGi", "memoryRequestGi", "defaultDiskGb", "minDiskGb", "maxDiskGb"],
];
