import type { RawData, WebSocket } from "ws";

/** Above this much unsent, the side that sends is no longer read; below the other, it is read again. */
const unsentBytesMax = 128 * 1024;
const unsentBytesLow = 32 * 1024;

export interface RelayNews {
  /** Bytes came from the sender; the first of them says what kind of message they begin. */
  onBytes(count: number, first: number): void;
  /** The reader took something. */
  onTaken(): void;
  /** A console speaks binary; text is no console. */
  onText(): void;
}

/** Passes what one side sends on to the other, no faster than the other reads. */
export function relayFrames(from: WebSocket, to: WebSocket, news: RelayNews): void {
  let pending: Buffer[] = [];

  const taken = () => {
    news.onTaken();
    if (from.isPaused && to.bufferedAmount <= unsentBytesLow) from.resume();
  };
  // Frames that arrive together leave as one: a console is a stream of bytes, and each frame costs a system call.
  const flush = () => {
    const frame = pending.length === 1 ? pending[0] : Buffer.concat(pending);
    pending = [];
    if (frame === undefined || to.readyState !== to.OPEN) return;
    to.send(frame, { binary: true }, taken);
    if (to.bufferedAmount > unsentBytesMax) from.pause();
  };
  from.on("message", (received: RawData, isBinary: boolean) => {
    if (!isBinary) return news.onText();
    const bytes = asBuffer(received);
    if (bytes.length === 0) return;
    news.onBytes(bytes.length, bytes[0] ?? 0);
    if (pending.push(bytes) === 1) process.nextTick(flush);
  });
}

function asBuffer(received: RawData): Buffer {
  if (Buffer.isBuffer(received)) return received;
  return Array.isArray(received) ? Buffer.concat(received) : Buffer.from(received);
}
