"use client";

import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { useCloseDialog } from "./dialog-context";
import type { DialogWidth } from "./dialog-styles";
import { Opener } from "./opener";

const loadPanel = () => import("./dialog-panel").then((module) => module.DialogPanel);
const DialogPanel = dynamic(loadPanel, { ssr: false });

export type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; without one, `open` and `onOpenChange` say when it is shown. */
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  width?: DialogWidth | undefined;
  /** Interrupts before something that is hard to take back. */
  alert?: boolean | undefined;
  children: ReactNode;
};

/** On phones it rises from the bottom edge. The focus starts on the first input and returns to the button. */
export function Dialog({
  trigger,
  open,
  onOpenChange,
  width = "md",
  alert = false,
  ...content
}: DialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);

  function show(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <>
      {trigger && (
        <Opener onOpen={() => show(true)} preload={() => void loadPanel()}>
          {trigger}
        </Opener>
      )}
      {(open ?? ownOpen) && (
        <DialogPanel {...content} width={width} alert={alert} onClose={() => show(false)} />
      )}
    </>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</footer>;
}

/** Closes the dialog around the button inside. */
export function DialogClose({ children }: { children: ReactNode }) {
  const close = useCloseDialog();
  return (
    <span className="contents" onClick={close}>
      {children}
    </span>
  );
}
