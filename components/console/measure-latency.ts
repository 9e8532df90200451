import type { CountedSocket } from "./console-socket";

const everyMs = 4_000;
/** Where nothing came for so long, whatever comes next is the answer and no change of the picture. */
const quietMs = 250;
const lostAfterMs = 5_000;
const kept = 5;

/** RFB's FramebufferUpdateRequest: one pixel, whether or not it changed. */
const onePixel = new Uint8Array([3, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
/** QEMU keeps account of its picture in blocks of so many pixels, and sends a whole one. */
const blockPixels = 16;

export interface LatencyMeter {
  /** The middle of the last measurements; null before the first. */
  read(): number | null;
  stop(): void;
}

/**
 * Times how long the machine takes to send one pixel again: network, portal, cluster and guest together. A page cannot
 * see a websocket's pings, and the protocol has none of its own. Only while somebody is there, because what is asked
 * for by itself would keep a forgotten console open.
 */
export function measureLatency(
  { socket, traffic }: CountedSocket,
  isSomebodyThere: () => boolean,
): LatencyMeter {
  const measured: number[] = [];
  let asked: { at: number; isQuiet: boolean } | null = null;

  const hear = ({ data }: MessageEvent<unknown>) => {
    if (asked === null || !(asked.isQuiet || isAnswer(data))) return;
    measured.push(performance.now() - asked.at);
    if (measured.length > kept) measured.shift();
    asked = null;
  };
  const ask = () => {
    const now = performance.now();
    if (asked !== null && now - asked.at > lostAfterMs) asked = null;
    if (asked !== null || document.hidden || !isSomebodyThere()) return;
    if (socket.readyState !== WebSocket.OPEN) return;
    asked = { at: now, isQuiet: now - traffic.receivedAt > quietMs };
    socket.send(onePixel);
  };
  socket.addEventListener("message", hear);
  const timer = setInterval(ask, everyMs);
  return {
    read: () => middleOf(measured),
    stop: () => {
      clearInterval(timer);
      socket.removeEventListener("message", hear);
    },
  };
}

/** An update of nothing but the first pixel, or of the block around it. */
function isAnswer(data: unknown): boolean {
  if (!(data instanceof ArrayBuffer) || data.byteLength < 12) return false;
  const view = new DataView(data);
  const [kind, count, x, y] = [view.getUint8(0), view.getUint16(2), view.getUint16(4), view.getUint16(6)];
  const [width, height] = [view.getUint16(8), view.getUint16(10)];
  return kind === 0 && count === 1 && x === 0 && y === 0 && width <= blockPixels && height === 1;
}

function middleOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
