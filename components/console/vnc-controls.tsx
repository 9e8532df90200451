"use client";

import { ClipboardPaste, Command } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ConnectionControls } from "./connection-controls";
import { ctrlAltDel } from "./key-combinations";
import { MoreMenu } from "./more-menu";
import { TouchKeyboard } from "./touch-keyboard";
import { useNarrowWindow } from "./use-narrow-window";
import type { VncTools } from "./use-vnc-tools";
import { ViewMenu } from "./view-menu";

interface VncControlsProps {
  tools: VncTools;
  keyPanelId: string;
  /** Moves the console to a window of its own; undefined in that window. */
  onDetach: (() => void) | undefined;
}

export function VncControls({ tools, keyPanelId, onDetach }: VncControlsProps) {
  const t = useTranslations("console.toolbar");
  const { mayType, press, hasKeys } = tools;
  const isNarrow = useNarrowWindow();
  return (
    <>
      <Button size="sm" disabled={!mayType} onClick={() => press(ctrlAltDel)}>
        {t("ctrlAltDel")}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        disabled={!mayType}
        aria-expanded={hasKeys && mayType}
        aria-controls={keyPanelId}
        onClick={tools.toggleKeys}
      >
        <Command aria-hidden />
        <span className="max-sm:sr-only">{t("keys")}</span>
      </Button>
      <TouchKeyboard
        typing={tools.choices.view.typing}
        isDisabled={!mayType}
        send={tools.send}
        onTyped={tools.modifiers.release}
      />
      {!isNarrow && (
        <IconButton
          size="icon-sm"
          label={t("paste")}
          disabled={!mayType}
          onClick={() => tools.setDialog("paste")}
        >
          <ClipboardPaste aria-hidden />
        </IconButton>
      )}
      <ViewMenu tools={tools} />
      {!isNarrow && <ConnectionControls console={tools.console} fullScreen={tools.fullScreen} />}
      <MoreMenu tools={tools} isNarrow={isNarrow} onDetach={onDetach} />
    </>
  );
}
