"use client";

import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { showToast } from "@/components/ui/show-toast";
import type { ConsoleAccess } from "@/lib/console/schema";
import type { KeyCombination } from "@/lib/console/preferences/schema";
import { pressKeys } from "./key-combinations";
import { fileNameOf, saveFile } from "./save-file";
import type { KeyMove } from "./type-strokes";
import type { ConsoleChoices } from "./use-console-choices";
import type { ConsoleConnection } from "./use-console-connection";
import { useFullScreen } from "./use-full-screen";
import { useStickyModifiers } from "./use-sticky-modifiers";
import type { Screen, Showing } from "./vnc-screen";

type VncDialog = "paste" | "clipboard" | "view" | "combinations";

interface VncToolsInput {
  access: ConsoleAccess;
  console: ConsoleConnection;
  choices: ConsoleChoices;
}

/** All that a person can do with an open screen. */
export function useVncTools({ access, console, choices }: VncToolsInput) {
  const t = useTranslations("console.picture");
  const screen = useRef<Screen>(null);
  const [dialog, setDialog] = useState<VncDialog | null>(null);
  const [hasKeys, setKeys] = useState(false);
  const [isLocked, setLocked] = useState(false);
  const [isDragging, setDragging] = useState(false);
  const [received, setReceived] = useState<string | null>(null);
  const send = (move: KeyMove) => screen.current?.send(move);
  const modifiers = useStickyModifiers(send);
  const { connection } = console;
  const isConnected = connection.phase === "connected";
  const isWatching = "mode" in connection && connection.mode === "watch";
  const isViewOnly = isWatching || isLocked;

  function press(combination: KeyCombination, returnsToScreen = true) {
    pressKeys(combination, (keysym, code, down) => send({ keysym, code, down }));
    modifiers.release();
    // After a key was sent, typing goes on in the machine.
    if (returnsToScreen) screen.current?.focus();
  }

  async function savePicture() {
    const picture = await screen.current?.takePicture();
    if (picture) saveFile(picture, fileNameOf(access.vmName, "png", new Date()));
    else showToast("error", t("failed"));
  }

  return {
    ...{ access, console, choices, screen, send, modifiers, press, savePicture },
    ...{ dialog, setDialog, received, setReceived, isConnected, isWatching, isViewOnly },
    ...{ isLocked, toggleLock: () => setLocked(!isLocked) },
    ...{ isDragging, toggleDragging: () => setDragging(!isDragging) },
    ...{ hasKeys, toggleKeys: () => setKeys(!hasKeys) },
    fullScreen: useFullScreen(),
    mayType: isConnected && !isViewOnly,
  };
}

export type VncTools = ReturnType<typeof useVncTools>;

/** What of all that the screen itself needs to know; another object only where something of it is another. */
export function useShowing({ choices: { view }, isViewOnly, isDragging }: VncTools): Showing {
  const { scaling, quality, compression, typing } = view;
  return useMemo(
    () => ({ scaling, quality, compression, typing, isViewOnly, isDragging }),
    [scaling, quality, compression, typing, isViewOnly, isDragging],
  );
}
