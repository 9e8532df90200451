"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createUploadAction } from "@/app/actions/uploads";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { beginSending } from "./active-uploads";
import { FileDrop } from "./file-drop";
import { ImageFields, type UploadPlace } from "./image-fields";
import { useChosenFile } from "./use-chosen-file";

type UploadDialogProps = {
  places: readonly UploadPlace[];
  gigabytesMax: number;
};

/** Chooses a file and where it goes; the sending begins by itself once the cluster has a volume for it. */
export function UploadDialog({ places, gigabytesMax }: UploadDialogProps) {
  const t = useTranslations("uploads");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t("new.title")}
      description={t("new.description", { gigabytesMax })}
      trigger={
        <Button variant="primary">
          <Icon name="disk" />
          {t("new.open")}
        </Button>
      }
    >
      <UploadForm places={places} gigabytesMax={gigabytesMax} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function UploadForm({ places, gigabytesMax, onDone }: UploadDialogProps & { onDone: () => void }) {
  const t = useTranslations("uploads");
  const { chosen, problem, choose } = useChosenFile(gigabytesMax);

  /** The first image takes the empty page's form off the screen, so the sending begins before that. */
  async function create(form: FormData) {
    const created = await createUploadAction(form);
    if (created.ok && chosen !== null) beginSending(created.data.id, chosen.file);
    return created;
  }

  return (
    <ActionForm
      action={create}
      successMessage={t("new.begun")}
      onSuccess={onDone}
      className="grid min-w-0 gap-4"
    >
      <FileDrop file={chosen?.file ?? null} onFile={(file) => void choose(file)} error={problem} />
      {chosen !== null && (
        <>
          <HiddenInputs
            values={{
              fileName: chosen.file.name.slice(-255),
              sizeBytes: String(chosen.file.size),
              fingerprint: chosen.fingerprint,
            }}
          />
          {/* Another file is another guess. */}
          <ImageFields key={chosen.fingerprint} guess={chosen.guess} places={places} />
        </>
      )}
      <FormMessage visibleFields={["displayName", "clusterId", "storageClass", "format", "diskGb"]} />
      <DialogActions>
        {chosen === null ? (
          <Button disabled variant="primary">
            {t("new.submit")}
          </Button>
        ) : (
          <SubmitButton>{t("new.submit")}</SubmitButton>
        )}
      </DialogActions>
    </ActionForm>
  );
}
