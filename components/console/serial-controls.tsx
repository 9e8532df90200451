"use client";

import { AArrowDown, AArrowUp, Copy, Download, Eraser, ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { showToast } from "@/components/ui/show-toast";
import { fontSizes } from "@/lib/console/preferences/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { ConnectionControls } from "./connection-controls";
import { fileNameOf, saveFile } from "./save-file";
import type { SerialTerminal } from "./serial-screen";
import { TerminalSearch } from "./terminal-search";
import type { ConsoleChoices } from "./use-console-choices";
import type { ConsoleConnection } from "./use-console-connection";
import type { FullScreen } from "./use-full-screen";

interface SerialControlsProps {
  access: ConsoleAccess;
  console: ConsoleConnection;
  choices: ConsoleChoices;
  terminal: RefObject<SerialTerminal | null>;
  search: RefObject<HTMLInputElement | null>;
  found: { at: number; count: number } | null;
  fullScreen: FullScreen;
  onDetach: (() => void) | undefined;
}

export function SerialControls(props: SerialControlsProps) {
  const { console, terminal, search, found, fullScreen, onDetach } = props;
  const t = useTranslations("console.serial");
  const toolbar = useTranslations("console.toolbar");
  const isConnected = console.connection.phase === "connected";
  return (
    <>
      <TerminalSearch terminal={terminal} input={search} found={found} isDisabled={!isConnected} />
      <TextControls {...props} isConnected={isConnected} />
      <FontControls choices={props.choices} />
      <IconButton
        size="icon-sm"
        label={t("clear")}
        disabled={!isConnected}
        onClick={() => terminal.current?.clear()}
      >
        <Eraser aria-hidden />
      </IconButton>
      {onDetach && (
        <IconButton size="icon-sm" label={toolbar("detach")} onClick={onDetach}>
          <ExternalLink aria-hidden />
        </IconButton>
      )}
      <ConnectionControls console={console} fullScreen={fullScreen} />
    </>
  );
}

interface TextControlsProps extends SerialControlsProps {
  isConnected: boolean;
}

function TextControls({ access, terminal, isConnected }: TextControlsProps) {
  const t = useTranslations("console.serial");

  async function copy() {
    const selected = terminal.current?.selection() ?? "";
    const text = selected === "" ? (terminal.current?.text() ?? "") : selected;
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    if (isCopied) showToast("success", selected === "" ? t("copiedAll") : t("copied"));
    else showToast("error", t("copyRefused"));
  }

  function download() {
    const text = terminal.current?.text() ?? "";
    saveFile(
      new Blob([text], { type: "text/plain;charset=utf-8" }),
      fileNameOf(access.vmName, "txt", new Date()),
    );
  }

  return (
    <>
      <IconButton size="icon-sm" label={t("copy")} disabled={!isConnected} onClick={() => void copy()}>
        <Copy aria-hidden />
      </IconButton>
      <IconButton size="icon-sm" label={t("download")} disabled={!isConnected} onClick={download}>
        <Download aria-hidden />
      </IconButton>
    </>
  );
}

function FontControls({ choices: { view, changeView } }: { choices: ConsoleChoices }) {
  const t = useTranslations("console.serial");
  const { fontSize } = view;
  return (
    <>
      <IconButton
        size="icon-sm"
        label={t("smaller")}
        disabled={fontSize <= fontSizes.min}
        onClick={() => changeView({ fontSize: fontSize - 1 })}
      >
        <AArrowDown aria-hidden />
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("larger")}
        disabled={fontSize >= fontSizes.max}
        onClick={() => changeView({ fontSize: fontSize + 1 })}
      >
        <AArrowUp aria-hidden />
      </IconButton>
    </>
  );
}
