"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { previewDirectoryAction, syncDirectoryAction } from "@/app/actions/providers";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { DirectoryPreview } from "@/lib/identity/providers/directory/schema";
import { DirectoryTable } from "./directory-table";
import { FailureCallout } from "./failure-callout";

type Asked =
  | { state: "none" | "asking" }
  | { state: "known"; preview: DirectoryPreview }
  | { state: "refused"; failure: ActionFailure };

/** Looks into the directory first; only then it is offered to bring its people in. */
export function DirectoryImport({ providerId }: { providerId: string }) {
  const t = useTranslations("providers.directory");
  const [asked, setAsked] = useState<Asked>({ state: "none" });

  async function look() {
    setAsked({ state: "asking" });
    const answer = await previewDirectoryAction({ providerId }).catch(lostConnection);
    setAsked(answer.ok ? { state: "known", preview: answer.data } : { state: "refused", failure: answer });
  }

  const preview = asked.state === "known" ? asked.preview : null;
  const lookButton = (
    <Button
      variant={preview ? "secondary" : "primary"}
      pending={asked.state === "asking"}
      onClick={() => void look()}
    >
      {t(preview ? "lookAgain" : "look")}
    </Button>
  );
  return (
    <Section
      title={t("importTitle")}
      description={t("importText")}
      actions={
        preview && (
          <>
            {lookButton}
            <StartImport providerId={providerId} />
          </>
        )
      }
    >
      {asked.state === "refused" && <FailureCallout failure={asked.failure} />}
      {preview ? (
        <>
          <p role="status" className="text-sm text-ink-muted">
            {t("counts", preview.counts)}
          </p>
          <DirectoryTable rows={preview.items} />
        </>
      ) : (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="users" title={t("lookTitle")} action={lookButton}>
            {t("lookText")}
          </EmptyState>
        </div>
      )}
    </Section>
  );
}

function StartImport({ providerId }: { providerId: string }) {
  const t = useTranslations("providers.directory");
  return (
    <ConfirmAction
      trigger={<Button variant="primary">{t("import")}</Button>}
      title={t("confirmTitle")}
      description={t("confirmText")}
      confirmLabel={t("import")}
      action={syncDirectoryAction}
      hidden={{ providerId }}
      successMessage={t("started")}
    />
  );
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
