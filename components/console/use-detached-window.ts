"use client";

import { useEffect, useEffectEvent, useState } from "react";

const lookEveryMs = 500;
const shape = "popup,width=1120,height=860";

interface WindowInput {
  path: string;
  name: string;
  /** The person closed it. */
  onClosed: () => void;
}

/** The console in a window of its own, and whether that window is still there. */
export function useDetachedWindow({ path, name, onClosed }: WindowInput) {
  const [opened, setOpened] = useState<Window | null>(null);
  const noteClosed = useEffectEvent(() => {
    setOpened(null);
    onClosed();
  });

  useEffect(() => {
    if (opened === null) return;
    const timer = setInterval(() => opened.closed && noteClosed(), lookEveryMs);
    return () => clearInterval(timer);
  }, [opened]);

  /** @returns false where the browser lets no window be opened */
  function open(): boolean {
    const next = window.open(path, name, shape);
    setOpened(next);
    return next !== null;
  }

  function close() {
    opened?.close();
    setOpened(null);
  }

  return { isOpen: opened !== null, open, close, show: () => opened?.focus() };
}
