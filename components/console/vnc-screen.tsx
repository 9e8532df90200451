"use client";

import type RFB from "@novnc/novnc";
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from "react";
import { cn } from "@/components/ui/class-names";
import { pressKeys, type KeyCombination } from "./key-combinations";

export interface Screen {
  press(combination: KeyCombination): void;
  pressCtrlAltDel(): void;
  focus(): void;
}

interface VncScreenProps {
  ref: Ref<Screen>;
  /** Where the console's socket is; the cookie that opens it has been set a moment ago. */
  socketPath: string;
  isScaled: boolean;
  /** What it is, for somebody who cannot see it. */
  label: string;
  onConnected: () => void;
  /** With the websocket's close code, or null where the connection never came about. */
  onEnded: (closeCode: number | null) => void;
  /** The keyboard was taken back from the machine. */
  onReleased: () => void;
  className?: string | undefined;
}

/** The one place that knows noVNC: one connection from mounting to unmounting. */
export function VncScreen(props: VncScreenProps) {
  const { ref, socketPath, isScaled, label, className } = props;
  const target = useRef<HTMLDivElement>(null);
  const screen = useRef<RFB | null>(null);
  const connected = useEffectEvent(() => {
    if (screen.current) show(screen.current, isScaled);
    screen.current?.focus({ preventScroll: true });
    props.onConnected();
  });
  const ended = useEffectEvent((code: number | null) => props.onEnded(code));

  useEffect(() => {
    if (!target.current) return;
    return openScreen(target.current, socketPath, {
      onOpening: (opened) => (screen.current = opened),
      onConnected: () => connected(),
      onEnded: (code) => ended(code),
    });
  }, [socketPath]);

  useEffect(() => {
    if (screen.current) show(screen.current, isScaled);
  }, [isScaled]);

  useImperativeHandle(ref, () => ({
    press: (combination) =>
      pressKeys(combination, (keysym, code, down) => screen.current?.sendKey(keysym, code, down)),
    pressCtrlAltDel: () => screen.current?.sendCtrlAltDel(),
    focus: () => screen.current?.focus({ preventScroll: true }),
  }));

  return (
    <div
      ref={target}
      role="application"
      aria-label={label}
      tabIndex={0}
      onFocus={(event) =>
        event.target === event.currentTarget && screen.current?.focus({ preventScroll: true })
      }
      // The machine gets every key, so one combination has to stay with the page.
      onKeyDownCapture={(event) => {
        if (event.key !== "Escape" || !event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        releaseModifiers(event.target);
        screen.current?.blur();
        props.onReleased();
      }}
      className={cn("size-full outline-none", className)}
    />
  );
}

interface Opening {
  onOpening: (screen: RFB | null) => void;
  onConnected: () => void;
  onEnded: (closeCode: number | null) => void;
}

/** @returns closes it again, without a word */
function openScreen(target: HTMLElement, socketPath: string, { onOpening, onConnected, onEnded }: Opening) {
  const gone = new AbortController();
  const { signal } = gone;
  const connect = async () => {
    const { default: Client } = await import("@novnc/novnc");
    if (signal.aborted) return;
    const socket = new WebSocket(new URL(socketPath, location.href.replace(/^http/, "ws")));
    socket.addEventListener("close", ({ code }) => onEnded(code), { signal });
    const client = new Client(target, socket, { shared: true });
    client.addEventListener("connect", onConnected, { signal });
    client.addEventListener("securityfailure", () => onEnded(null), { signal });
    client.addEventListener("credentialsrequired", () => onEnded(null), { signal });
    signal.addEventListener("abort", () => client.disconnect(), { once: true });
    onOpening(client);
  };
  connect().catch(() => {
    if (!signal.aborted) onEnded(null);
  });
  return () => {
    gone.abort();
    onOpening(null);
  };
}

/** Their real release happens outside the screen; to the machine they would stay pressed. */
function releaseModifiers(target: EventTarget): void {
  for (const key of ["Shift", "Control", "Alt", "Meta"]) {
    for (const code of [`${key}Left`, `${key}Right`]) {
      target.dispatchEvent(new KeyboardEvent("keyup", { key, code, bubbles: true }));
    }
  }
}

function show(screen: RFB, isScaled: boolean): void {
  screen.scaleViewport = isScaled;
  screen.clipViewport = false;
  screen.dragViewport = false;
  screen.showDotCursor = true;
  screen.background = "transparent";
}
