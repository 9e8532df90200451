"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { showToast } from "@/components/ui/show-toast";
import type { VncTools } from "./use-vnc-tools";

const PasteDialog = dynamic(() => import("./paste-dialog").then((module) => module.PasteDialog), {
  ssr: false,
});
const ClipboardDialog = dynamic(() => import("./clipboard-dialog").then((module) => module.ClipboardDialog), {
  ssr: false,
});
const ViewDialog = dynamic(() => import("./view-dialog").then((module) => module.ViewDialog), { ssr: false });
const CombinationsDialog = dynamic(
  () => import("./combinations-dialog").then((module) => module.CombinationsDialog),
  { ssr: false },
);

/** The one dialog that is open; each arrives when it is first wanted. */
export function VncDialogs({ tools }: { tools: VncTools }) {
  const t = useTranslations("console.clipboard");
  const { choices, send, screen } = tools;
  const close = () => tools.setDialog(null);

  function offer(text: string) {
    screen.current?.offerClipboard(text);
    close();
    showToast("success", t("offeredToast"));
  }

  switch (tools.dialog) {
    case "paste":
      return <PasteDialog choices={choices} send={send} onClose={close} />;
    case "clipboard":
      return (
        <ClipboardDialog
          received={tools.received}
          isViewOnly={tools.isViewOnly}
          onOffer={offer}
          onClose={close}
        />
      );
    case "view":
      return <ViewDialog choices={choices} onClose={close} />;
    case "combinations":
      return <CombinationsDialog choices={choices} onClose={close} />;
    case null:
      return null;
  }
}
