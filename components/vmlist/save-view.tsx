"use client";

import { BookmarkPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Opener } from "@/components/ui/opener";
import type { SaveViewDialogProps } from "./save-view-dialog";

const loadDialog = () => import("./save-view-dialog").then((module) => module.SaveViewDialog);
const SaveViewDialog = dynamic(loadDialog, { ssr: false });

/** Keeps what the list shows now under a name. */
export function SaveView(view: Omit<SaveViewDialogProps, "onClose">) {
  const t = useTranslations("vmlist.views");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Opener onOpen={() => setOpen(true)} preload={() => void loadDialog()}>
        <Button variant="ghost" size="sm">
          <BookmarkPlus aria-hidden />
          {t("save")}
        </Button>
      </Opener>
      {open && <SaveViewDialog {...view} onClose={() => setOpen(false)} />}
    </>
  );
}
