"use client";

import "@xterm/xterm/css/xterm.css";
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from "react";
import { cn } from "@/components/ui/class-names";
import type { Traffic } from "./console-socket";
import { openTerminal, searchColors, type OpenTerminal } from "./open-terminal";
import { terminalText } from "./terminal-text";
import type { SocketClose } from "./use-console-connection";

export interface SerialTerminal {
  focus(): void;
  find(text: string, direction: "next" | "previous"): void;
  stopFinding(): void;
  selection(): string;
  /** All lines that are still there. */
  text(): string;
  clear(): void;
  read(): { traffic: Traffic; latencyMs: null } | null;
}

interface SerialScreenProps {
  ref: Ref<SerialTerminal>;
  /** Where the console's socket is; the cookie that opens it has been set a moment ago. */
  socketPath: string;
  fontSize: number;
  isViewOnly: boolean;
  label: string;
  onConnected: () => void;
  onEnded: (close: SocketClose) => void;
  /** The keyboard was taken back from the machine. */
  onReleased: () => void;
  onSearch: () => void;
  onSelected: (text: string) => void;
  onFound: (found: { at: number; count: number }) => void;
  className?: string | undefined;
}

/** The one place that knows xterm.js: one connection from mounting to unmounting. */
export function SerialScreen(props: SerialScreenProps) {
  const { ref, label, className } = props;
  const target = useRef<HTMLDivElement>(null);
  const open = useOpenTerminal(props, target);

  useImperativeHandle(ref, () => ({
    focus: () => open.current?.terminal.focus(),
    find: (text, direction) => {
      const options = { decorations: searchColors, incremental: false };
      if (direction === "next") open.current?.search.findNext(text, options);
      else open.current?.search.findPrevious(text, options);
    },
    stopFinding: () => open.current?.search.clearDecorations(),
    selection: () => open.current?.terminal.getSelection() ?? "",
    text: () => (open.current ? terminalText(open.current.terminal.buffer.normal) : ""),
    clear: () => open.current?.terminal.clear(),
    read: () => open.current && { traffic: open.current.traffic, latencyMs: null },
  }));

  return (
    <div
      role="group"
      aria-label={label}
      className={cn("size-full overflow-hidden bg-[#0c0d10] p-2", className)}
    >
      <div ref={target} className="size-full font-mono" />
    </div>
  );
}

function useOpenTerminal(props: SerialScreenProps, target: { readonly current: HTMLDivElement | null }) {
  const { socketPath, fontSize, isViewOnly } = props;
  const open = useRef<OpenTerminal | null>(null);
  // What is done when something happens is what the page wants by then.
  const latest = useEffectEvent(() => props);

  useEffect(() => {
    if (!target.current) return;
    const { fontSize, isViewOnly } = latest();
    const close = openTerminal(target.current, socketPath, {
      ...{ fontSize, isViewOnly },
      onOpening: (opened) => (open.current = opened),
      onConnected: () => {
        open.current?.terminal.focus();
        latest().onConnected();
      },
      onEnded: (how) => latest().onEnded(how),
      onReleased: () => latest().onReleased(),
      onSearch: () => latest().onSearch(),
      onSelected: (text) => latest().onSelected(text),
      onFound: (found) => latest().onFound(found),
    });
    return () => {
      open.current = null;
      close();
    };
  }, [socketPath, target]);

  useEffect(() => {
    if (!open.current) return;
    open.current.terminal.options.fontSize = fontSize;
    open.current.terminal.options.disableStdin = isViewOnly;
    open.current.fit();
  }, [fontSize, isViewOnly]);

  useEffect(() => {
    if (!target.current) return;
    const observer = new ResizeObserver(() => open.current?.fit());
    observer.observe(target.current);
    return () => observer.disconnect();
  }, [target]);

  return open;
}
