"use client";

import type RFB from "@novnc/novnc";
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from "react";
import { cn } from "@/components/ui/class-names";
import type { ConsoleViewChoice } from "@/lib/console/preferences/schema";
import type { Traffic } from "./console-socket";
import { measureLatency, type LatencyMeter } from "./measure-latency";
import { openVnc } from "./open-vnc";
import { translateKey } from "./translate-key";
import type { KeyMove } from "./type-strokes";
import type { SocketClose } from "./use-console-connection";

export interface Screen {
  send(move: KeyMove): void;
  focus(): void;
  offerClipboard(text: string): void;
  takePicture(): Promise<Blob | null>;
  read(): { traffic: Traffic; latencyMs: number | null } | null;
}

/** How the picture is shown, and whether it answers. */
export interface Showing extends Pick<ConsoleViewChoice, "scaling" | "quality" | "compression" | "typing"> {
  isViewOnly: boolean;
  /** Moving the pointer moves the picture, where it is larger than its place. */
  isDragging: boolean;
}

interface VncScreenProps {
  ref: Ref<Screen>;
  /** Where the console's socket is; the cookie that opens it has been set a moment ago. */
  socketPath: string;
  showing: Showing;
  /** What it is, for somebody who cannot see it. */
  label: string;
  onConnected: () => void;
  onEnded: (close: SocketClose) => void;
  onClipboard: (text: string) => void;
  onBell: () => void;
  /** A key of the person's own went to the machine. */
  onKey: () => void;
  /** The keyboard was taken back from the machine. */
  onReleased: () => void;
  className?: string | undefined;
}

interface Open {
  client: RFB;
  traffic: Traffic;
  latency: LatencyMeter | null;
}

const presentMs = 60_000;

/** The one place that knows noVNC: one connection from mounting to unmounting. */
export function VncScreen(props: VncScreenProps) {
  const { ref, showing, label, className } = props;
  const target = useRef<HTMLDivElement>(null);
  const seenAt = useRef(0);
  const open = useOpenScreen(props, target, seenAt);
  const notePresence = () => (seenAt.current = performance.now());

  useImperativeHandle(ref, () => ({
    send: ({ keysym, code, down }) => open.current?.client.sendKey(keysym, code, down),
    focus: () => open.current?.client.focus({ preventScroll: true }),
    offerClipboard: (text) => open.current?.client.clipboardPasteFrom(text),
    takePicture: () => pictureOf(open.current?.client),
    read: () =>
      open.current && { traffic: open.current.traffic, latencyMs: open.current.latency?.read() ?? null },
  }));

  return (
    <div
      ref={target}
      role="application"
      aria-label={label}
      tabIndex={0}
      onFocus={(event) =>
        event.target === event.currentTarget && open.current?.client.focus({ preventScroll: true })
      }
      onPointerMoveCapture={notePresence}
      onPointerDownCapture={notePresence}
      onKeyUpCapture={({ key }) => !modifierNames.includes(key) && props.onKey()}
      onKeyDownCapture={(event) => {
        notePresence();
        // The machine gets every key, so one combination has to stay with the page.
        if (event.key === "Escape" && event.shiftKey) {
          stop(event);
          releaseModifiers(event.target);
          open.current?.client.blur();
          return props.onReleased();
        }
        if (showing.isViewOnly || showing.typing === "as_pressed") return;
        const moves = translateKey(event, showing.typing);
        if (moves === null) return;
        stop(event);
        for (const { keysym, code, down } of moves) open.current?.client.sendKey(keysym, code, down);
      }}
      className={cn("size-full outline-none", className)}
    />
  );
}

const modifierNames: readonly string[] = ["Shift", "Control", "Alt", "AltGraph", "Meta"];

function useOpenScreen(
  props: VncScreenProps,
  target: { readonly current: HTMLDivElement | null },
  seenAt: { readonly current: number },
) {
  const { socketPath, showing } = props;
  const open = useRef<Open | null>(null);
  const connected = useEffectEvent((startMeter: () => LatencyMeter) => {
    const screen = open.current;
    if (screen === null) return;
    screen.latency = startMeter();
    show(screen.client, showing);
    screen.client.focus({ preventScroll: true });
    props.onConnected();
  });
  const ended = useEffectEvent((close: SocketClose) => props.onEnded(close));
  const heard = useEffectEvent((text: string) => props.onClipboard(text));
  const rang = useEffectEvent(() => props.onBell());

  useEffect(() => {
    if (!target.current) return;
    let start: () => LatencyMeter = () => ({ read: () => null, stop: () => undefined });
    const close = openVnc(target.current, socketPath, {
      onOpening: ({ client, counted }) => {
        open.current = { client, traffic: counted.traffic, latency: null };
        start = () => measureLatency(counted, () => performance.now() - seenAt.current < presentMs);
      },
      onConnected: () => connected(() => start()),
      onEnded: (how) => ended(how),
      onClipboard: (text) => heard(text),
      onBell: () => rang(),
    });
    return () => {
      open.current?.latency?.stop();
      open.current = null;
      close();
    };
  }, [socketPath, target, seenAt]);

  useEffect(() => {
    if (open.current) show(open.current.client, showing);
  }, [showing]);

  return open;
}

function stop(event: { preventDefault: () => void; stopPropagation: () => void }): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Their real release happens outside the screen; to the machine they would stay pressed. */
function releaseModifiers(target: EventTarget): void {
  for (const key of ["Shift", "Control", "Alt", "Meta"]) {
    for (const code of [`${key}Left`, `${key}Right`]) {
      target.dispatchEvent(new KeyboardEvent("keyup", { key, code, bubbles: true }));
    }
  }
}

function show(client: RFB, showing: Showing): void {
  const { scaling, quality, compression, isViewOnly, isDragging } = showing;
  client.background = "transparent";
  client.showDotCursor = true;
  if (client.viewOnly !== isViewOnly) client.viewOnly = isViewOnly;
  client.scaleViewport = scaling !== "actual";
  client.clipViewport = scaling === "actual";
  client.dragViewport = scaling === "actual" && isDragging;
  if (client.resizeSession !== (scaling === "remote")) client.resizeSession = scaling === "remote";
  client.qualityLevel = quality;
  client.compressionLevel = compression;
}

function pictureOf(client: RFB | undefined): Promise<Blob | null> {
  if (client === undefined) return Promise.resolve(null);
  return new Promise((resolve) => client.toBlob(resolve, "image/png"));
}
