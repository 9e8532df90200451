"use client";

import {
  Camera,
  Clipboard,
  ClipboardPaste,
  Ellipsis,
  ExternalLink,
  Maximize,
  Pencil,
  RefreshCw,
  Unplug,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuAction, MenuDivider } from "@/components/ui/dropdown-menu";
import type { VncTools } from "./use-vnc-tools";

interface MoreMenuProps {
  tools: VncTools;
  /** On a phone it also holds what the toolbar has no room for. */
  isNarrow: boolean;
  onDetach: (() => void) | undefined;
}

export function MoreMenu({ tools, isNarrow, onDetach }: MoreMenuProps) {
  const t = useTranslations("console.toolbar");
  const { isConnected, mayType, setDialog } = tools;
  return (
    <DropdownMenu
      trigger={
        <Button size="icon-sm" variant="ghost" aria-label={t("more")}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <MenuAction
        icon={<ClipboardPaste aria-hidden />}
        disabled={!mayType}
        onSelect={() => setDialog("paste")}
      >
        {t("paste")}
      </MenuAction>
      <MenuAction
        icon={<Clipboard aria-hidden />}
        disabled={!isConnected}
        onSelect={() => setDialog("clipboard")}
      >
        {t("clipboard")}
      </MenuAction>
      <MenuAction
        icon={<Camera aria-hidden />}
        disabled={!isConnected}
        onSelect={() => void tools.savePicture()}
      >
        {t("picture")}
      </MenuAction>
      <MenuAction icon={<Pencil aria-hidden />} onSelect={() => setDialog("combinations")}>
        {t("combinations")}
      </MenuAction>
      {onDetach && (
        <MenuAction icon={<ExternalLink aria-hidden />} onSelect={onDetach}>
          {t("detach")}
        </MenuAction>
      )}
      {isNarrow && <NarrowActions tools={tools} />}
    </DropdownMenu>
  );
}

function NarrowActions({ tools: { console, fullScreen, isConnected } }: { tools: VncTools }) {
  const t = useTranslations("console.toolbar");
  const { phase } = console.connection;
  return (
    <>
      <MenuDivider />
      <MenuAction icon={<Maximize aria-hidden />} onSelect={fullScreen.toggle}>
        {fullScreen.isOn ? t("leaveFullScreen") : t("fullScreen")}
      </MenuAction>
      <MenuAction
        icon={<RefreshCw aria-hidden />}
        disabled={phase === "asking" || phase === "connecting"}
        onSelect={() => void console.connect()}
      >
        {t("reconnect")}
      </MenuAction>
      <MenuAction icon={<Unplug aria-hidden />} disabled={!isConnected} onSelect={console.disconnect}>
        {t("disconnect")}
      </MenuAction>
    </>
  );
}
