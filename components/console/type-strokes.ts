import type { Stroke } from "./keyboard-layouts";

/** A key that goes down or up. */
export interface KeyMove {
  keysym: number;
  code: string;
  down: boolean;
}

/** What is held already; the guest has been told. */
interface Held {
  shift: boolean;
  altGr: boolean;
}

const shiftKey = { keysym: 0xffe1, code: "ShiftLeft" };
const altGrKey = { keysym: 0xfe03, code: "AltRight" };
const nothingHeld: Held = { shift: false, altGr: false };

/** The moves that type one stroke and leave held what was held. */
export function movesOf({ keysym, code, ...needed }: Stroke, held: Held = nothingHeld): KeyMove[] {
  const changed = [
    ...(needed.shift === held.shift ? [] : [{ ...shiftKey, down: needed.shift }]),
    ...(needed.altGr === held.altGr ? [] : [{ ...altGrKey, down: needed.altGr }]),
  ];
  const back = changed.toReversed().map((move) => ({ ...move, down: !move.down }));
  return [...changed, { keysym, code, down: true }, { keysym, code, down: false }, ...back];
}

interface Typing {
  strokes: readonly Stroke[];
  paceMs: number;
  signal: AbortSignal;
  send: (move: KeyMove) => void;
  onProgress: (typed: number) => void;
}

/** So many keys go at once where no pause is wanted, before the page may breathe. */
const burst = 64;

/** Types one stroke after the other; ends early, between two strokes, when it is told to. */
export async function typeStrokes({ strokes, paceMs, signal, send, onProgress }: Typing): Promise<void> {
  for (const [at, stroke] of strokes.entries()) {
    if (signal.aborted) return;
    for (const move of movesOf(stroke)) send(move);
    onProgress(at + 1);
    if (paceMs > 0) await pause(paceMs);
    else if (at % burst === burst - 1) await pause(0);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
