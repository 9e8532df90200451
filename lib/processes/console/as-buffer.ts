import type { RawData } from "ws";

/** What ws hands over, in one piece. */
export function asBuffer(received: RawData): Buffer {
  if (Buffer.isBuffer(received)) return received;
  return Array.isArray(received) ? Buffer.concat(received) : Buffer.from(received);
}
