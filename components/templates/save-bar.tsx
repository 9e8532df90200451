"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useFormState } from "@/components/ui/action-form-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";

export interface SavedState {
  revision: number;
  /** Null until this page has saved. */
  at: Date | null;
  /** What was saved, as text, to tell whether something changed since. */
  key: string;
}

type SaveBarProps = {
  stored: { id: string; revision: number } | null;
  saved: SavedState;
  isChanged: boolean;
};

export function SaveBar({ stored, saved, isChanged }: SaveBarProps) {
  const t = useTranslations("templates.save");
  const conflict = useConflict();
  useLeaveWarning(isChanged);
  return (
    <Card>
      <div className="grid gap-3">
        {conflict === null ? (
          <FormMessage visibleFields={shownFields} />
        ) : (
          <Conflict stored={stored} current={conflict} />
        )}
        <p className="text-sm text-ink-muted">{t(stored === null ? "effectNew" : "effect")}</p>
        <div className="flex flex-wrap items-center gap-2">
          {conflict === null && <SubmitButton>{t(stored === null ? "create" : "save")}</SubmitButton>}
          <LinkButton
            href={stored === null ? "/admin/templates" : `/admin/templates/${stored.id}`}
            variant="ghost"
          >
            {t(stored === null ? "cancel" : "view")}
          </LinkButton>
        </div>
        <p role="status" className="text-xs text-ink-faint empty:hidden">
          <SavedNote saved={saved} isChanged={isChanged} isNew={stored === null} />
        </p>
      </div>
    </Card>
  );
}

type SavedNoteProps = Pick<SaveBarProps, "saved" | "isChanged"> & { isNew: boolean };

function SavedNote({ saved, isChanged, isNew }: SavedNoteProps) {
  const t = useTranslations("templates.save");
  if (isChanged) return t("unsaved");
  if (isNew) return null;
  const { at } = saved;
  return at === null ? t("unchanged") : t.rich("saved", { time: () => <TimeAgo at={at} /> });
}

/** The revision that somebody else saved meanwhile; null without one. */
function useConflict(): number | null {
  const failure = useFormState()?.failure;
  if (failure?.code !== "CONFLICT") return null;
  const current = Number(failure.params?.["current"]);
  return Number.isInteger(current) ? current : null;
}

function Conflict({ stored, current }: Pick<SaveBarProps, "stored"> & { current: number }) {
  const t = useTranslations("templates.conflict");
  return (
    <div data-form-message tabIndex={-1}>
      <Callout tone="warning" role="alert" title={t("title")}>
        <p>{t("detail")}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          {stored !== null && (
            <LinkButton href={`/admin/templates/${stored.id}`} target="_blank" size="sm">
              {t("look")}
            </LinkButton>
          )}
          <SubmitButton name="over" value={current} variant="secondary" size="sm">
            {t("keepMine")}
          </SubmitButton>
          <Button size="sm" variant="danger-quiet" onClick={() => window.location.reload()}>
            {t("takeTheirs")}
          </Button>
        </div>
      </Callout>
    </div>
  );
}

/** The browser asks before what was typed is lost. */
function useLeaveWarning(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isChanged]);
}

/** Errors of these stand at their inputs; all others are listed. */
const shownFields = [
  ...["name", "displayName", "description", "category", "osVersion", "catalogScope", "sourceType"],
  ...["imageUrl", "pvcNamespace", "pvcName", "imageUploadId", "loginUser"],
];
