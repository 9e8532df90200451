"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Opener } from "@/components/ui/opener";
import type { SettingsDialogProps } from "./settings-dialog";

const loadDialog = () => import("./settings-dialog").then((module) => module.SettingsDialog);
const SettingsDialog = dynamic(loadDialog, { ssr: false });

/** Which columns, how close together, and whether the systems stand beside the list; remembered for the person. */
export function ListSettings(list: Omit<SettingsDialogProps, "onClose">) {
  const t = useTranslations("vmlist");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Opener onOpen={() => setOpen(true)} preload={() => void loadDialog()}>
        <IconButton label={t("settings.title")} variant="secondary">
          <Columns3 aria-hidden />
        </IconButton>
      </Opener>
      {open && <SettingsDialog {...list} onClose={() => setOpen(false)} />}
    </>
  );
}
