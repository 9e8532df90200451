"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/show-toast";
import type { UploadRow } from "@/lib/catalog/uploads/schema";
import { beginSending, pauseSending, resumeSending } from "./active-uploads";
import { fileFingerprint } from "./file-fingerprint";
import { useActiveUpload } from "./use-active-upload";

/** Pause and go on; after the page was closed, the same file is chosen again and goes on where it stopped. */
export function SendingActions({ upload }: { upload: UploadRow }) {
  const t = useTranslations("uploads");
  const active = useActiveUpload(upload.id);
  switch (active?.state) {
    case undefined:
      return <ChooseAgain upload={upload} />;
    case "sending":
    case "waiting":
      return (
        <Button size="sm" onClick={() => pauseSending(upload.id)}>
          {t("actions.pause")}
        </Button>
      );
    case "paused":
    case "failed":
      return (
        <Button size="sm" onClick={() => resumeSending(upload.id)}>
          {t("actions.resume")}
        </Button>
      );
    case "sent":
      return null;
  }
}

function ChooseAgain({ upload }: { upload: UploadRow }) {
  const t = useTranslations("uploads");
  const input = useRef<HTMLInputElement>(null);

  async function choose(file: File) {
    const isSame = file.size === upload.sizeBytes && (await fileFingerprint(file)) === upload.fingerprint;
    if (isSame) beginSending(upload.id, file);
    else
      showToast("error", t("actions.otherFile"), {
        description: t("actions.otherFileDetail", { file: upload.fileName }),
      });
  }

  return (
    <>
      <Button size="sm" variant="primary" onClick={() => input.current?.click()}>
        {t("actions.chooseAgain")}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={t("actions.chooseAgain")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.item(0);
          if (file) void choose(file);
          event.target.value = "";
        }}
      />
    </>
  );
}
