export type Side = "top" | "right" | "bottom" | "left";

const gap = 6;
const margin = 8;

const opposite: Record<Side, Side> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** Puts a fixed element beside another one, on the other side where there is no room, and always inside the window. */
export function placeBeside(element: HTMLElement, anchor: Element, side: Side) {
  const box = element.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const wanted = spot(side, at, box);
  const { left, top } = fits(wanted, box) ? wanted : spot(opposite[side], at, box);
  element.style.left = `${clamp(left, window.innerWidth - box.width)}px`;
  element.style.top = `${clamp(top, window.innerHeight - box.height)}px`;
}

type Spot = { left: number; top: number };

function spot(side: Side, at: DOMRect, box: DOMRect): Spot {
  const centerLeft = at.left + at.width / 2 - box.width / 2;
  const centerTop = at.top + at.height / 2 - box.height / 2;
  if (side === "top") return { left: centerLeft, top: at.top - box.height - gap };
  if (side === "bottom") return { left: centerLeft, top: at.bottom + gap };
  if (side === "left") return { left: at.left - box.width - gap, top: centerTop };
  return { left: at.right + gap, top: centerTop };
}

function fits({ left, top }: Spot, box: DOMRect) {
  return (
    top >= margin &&
    top + box.height <= window.innerHeight - margin &&
    left + box.width >= 0 &&
    left <= window.innerWidth
  );
}

function clamp(value: number, most: number) {
  return Math.max(margin, Math.min(value, most - margin));
}
