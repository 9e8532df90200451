"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface ClipboardDialogProps {
  /** What the machine put into its clipboard last; null where it never did. */
  received: string | null;
  isViewOnly: boolean;
  onOffer: (text: string) => void;
  onClose: () => void;
}

/** Both clipboards, where the machine shares its own. */
export function ClipboardDialog({ received, isViewOnly, onOffer, onClose }: ClipboardDialogProps) {
  const t = useTranslations("console.clipboard");
  const [text, setText] = useState("");
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("description")} width="lg">
      <section className="grid gap-1.5">
        <div className="flex items-center justify-between gap-2">
          <h3 className="text-sm font-medium">{t("received")}</h3>
          {received !== null && <CopyButton text={received} label={t("copy")} />}
        </div>
        {received === null ? (
          <p className="text-sm text-ink-muted">{t("nothing")}</p>
        ) : (
          <pre className="max-h-48 overflow-auto rounded-md border bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">
            {received}
          </pre>
        )}
      </section>
      <Field name="offered" label={t("offered")} hint={t("offeredHint")}>
        <Textarea mono maxLength={100_000} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <DialogActions>
        <DialogClose>
          <Button>{t("close")}</Button>
        </DialogClose>
        <Button variant="primary" disabled={text === "" || isViewOnly} onClick={() => onOffer(text)}>
          {t("offer")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
