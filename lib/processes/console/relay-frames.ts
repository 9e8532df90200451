import type { Writable } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { asBuffer } from "./as-buffer";

/** Above this much unsent, the side that sends is no longer read; below the other, it is read again. */
const unsentBytesMax = 128 * 1024;
const unsentBytesLow = 32 * 1024;

export interface RelayNews {
  /** Bytes came from the sender; the first of them says what kind of message they begin. */
  onBytes(count: number, first: number): void;
  /** Sees what passes and says what is passed on; nothing of it where that is empty. */
  pass(bytes: Buffer): Buffer;
  /** The reader took something. */
  onTaken(): void;
  /** A console speaks binary; text is no console. */
  onText(): void;
}

/**
 * Passes what one side sends on to the other, no faster than the other reads.
 * @param wire below the reader's websocket: frames that arrive together leave in one system call
 */
export function relayFrames(from: WebSocket, to: WebSocket, news: RelayNews, wire?: Writable): void {
  let isCorked = false;

  const taken = () => {
    news.onTaken();
    if (from.isPaused && to.bufferedAmount <= unsentBytesLow) from.resume();
  };
  const gather = () => {
    if (isCorked || wire === undefined) return;
    isCorked = true;
    wire.cork();
    setImmediate(() => {
      isCorked = false;
      wire.uncork();
    });
  };
  from.on("message", (received: RawData, isBinary: boolean) => {
    if (!isBinary) return news.onText();
    const bytes = asBuffer(received);
    if (bytes.length === 0 || to.readyState !== to.OPEN) return;
    news.onBytes(bytes.length, bytes[0] ?? 0);
    const passed = news.pass(bytes);
    if (passed.length === 0) return;
    gather();
    to.send(passed, { binary: true }, taken);
    if (to.bufferedAmount > unsentBytesMax) from.pause();
  });
}
