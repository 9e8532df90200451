"use client";

import {
  useEffect,
  useId,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { placeBeside, type Side } from "./place-beside";

type TooltipProps = { text: ReactNode; children: ReactNode; side?: Side | undefined };

const showAfterMs = 350;
const hideAfterMs = 120;

/** The child must be one focusable element, so that the text is reached without a mouse; nothing is drawn before it is wanted. */
export function Tooltip({ text, children, side = "top" }: TooltipProps) {
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [anchor, setAnchor] = useState<Element | null>(null);

  useEffect(() => () => clearTimeout(timer.current), []);

  function settle(next: Element | null, afterMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), afterMs);
  }

  function hover(event: PointerEvent<HTMLElement>) {
    if (event.pointerType === "mouse") settle(event.currentTarget.firstElementChild, showAfterMs);
  }

  function focus(event: FocusEvent<HTMLElement>) {
    const byKeyboard = event.target.matches(":focus-visible");
    const isControl = event.target.matches("button, a, input, select, textarea");
    if (byKeyboard || !isControl) settle(event.currentTarget.firstElementChild, 0);
  }

  return (
    <span
      className="contents"
      onPointerEnter={hover}
      onPointerLeave={() => settle(null, hideAfterMs)}
      onPointerDown={() => settle(null, 0)}
      onFocus={focus}
      onBlur={() => settle(null, 0)}
      onKeyDown={(event) => event.key === "Escape" && settle(null, 0)}
    >
      {children}
      {anchor && (
        <Bubble id={id} anchor={anchor} side={side}>
          {text}
        </Bubble>
      )}
    </span>
  );
}

type BubbleProps = { id: string; anchor: Element; side: Side; children: ReactNode };

function Bubble({ id, anchor, side, children }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (!bubble.current) return;
    bubble.current.showPopover();
    placeBeside(bubble.current, anchor, side);
    anchor.setAttribute("aria-describedby", id);
    return () => anchor.removeAttribute("aria-describedby");
  }, [anchor, id, side]);

  return (
    <span
      ref={bubble}
      id={id}
      role="tooltip"
      popover="manual"
      className="fixed inset-auto m-0 w-max max-w-72 animate-fade rounded-md bg-inverse px-2 py-1 text-left font-sans text-xs font-normal whitespace-normal text-inverse-ink shadow-floating"
    >
      {children}
    </span>
  );
}
