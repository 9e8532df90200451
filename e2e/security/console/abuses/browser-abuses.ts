import type net from "node:net";
import { fragments, frame } from "../ground/frames";

export type Abuse = (wire: net.Socket) => void;

const send =
  (bytes: () => Buffer): Abuse =>
  (wire) =>
    void wire.write(bytes());
const some = Buffer.alloc(16, 7);
const mebi = 1024 * 1024;

/** Against the protocol, so the session ends, and is recorded as misused. */
export const misuses: Record<string, Abuse> = {
  "a text frame": send(() => frame(Buffer.from("text"), { opcode: 1 })),
  "an empty text frame": send(() => frame(Buffer.alloc(0), { opcode: 1 })),
  "a frame of a byte too many": send(() => frame(Buffer.alloc(mebi + 1))),
  "a frame that announces 2^63 bytes": send(() => frame(some, { announced: 2n ** 63n - 1n })),
  "a frame that announces 2^64 bytes": send(() => frame(some, { announced: 2n ** 64n - 1n })),
  "a frame without a mask": send(() => frame(some, { isMasked: false })),
  "the first reserved bit, as if compressed": send(() => frame(some, { reserved: 4 })),
  "the second reserved bit": send(() => frame(some, { reserved: 2 })),
  "the third reserved bit": send(() => frame(some, { reserved: 1 })),
  "an unknown kind of data": send(() => frame(some, { opcode: 3 })),
  "an unknown kind of control": send(() => frame(some, { opcode: 11 })),
  "a ping of too many bytes": send(() => frame(Buffer.alloc(126), { opcode: 9 })),
  "a ping in pieces": send(() => frame(some, { opcode: 9, isLast: false })),
  "the rest of a message that never began": send(() => frame(some, { opcode: 0 })),
  "a message within a message": send(() => Buffer.concat([frame(some, { isLast: false }), frame(some)])),
  "a goodbye of one byte": send(() => frame(Buffer.from([3]), { opcode: 8 })),
  "a goodbye with a forbidden code": send(() => frame(Buffer.from([3, 237]), { opcode: 8 })),
  "a goodbye that is no UTF-8": send(() => frame(Buffer.from([3, 232, 0xff, 0xfe]), { opcode: 8 })),
  "100,000 pieces of a byte": send(() => fragments(100_000, { isMasked: true, hasEnd: true })),
  "pieces that come to more than a message": (wire) => {
    wire.write(frame(Buffer.alloc(mebi - 1), { isLast: false }));
    wire.write(frame(some, { opcode: 0, isLast: false }));
  },
  "bytes that are no frames": send(() => Buffer.alloc(4_096, 0xff)),
  "another request in the midst": send(() => Buffer.from("GET /health HTTP/1.1\r\nhost: x\r\n\r\n")),
};

/** Whoever leaves without a word has left. */
export const departures: Record<string, Abuse> = {
  "a reset in the midst": (wire) => void wire.resetAndDestroy(),
  "half a socket closed": (wire) => void wire.end(),
  "half a frame and away": (wire) => {
    wire.write(frame(Buffer.alloc(5_000)).subarray(0, 100));
    wire.end();
  },
  "pieces without an end and away": (wire) => {
    wire.write(fragments(16_000, { isMasked: true, hasEnd: false }));
    wire.end();
  },
  "200,000 pings, reading none of what comes back": (wire) => {
    wire.pause();
    const pings = Buffer.concat(Array.from({ length: 1_000 }, () => frame(Buffer.alloc(125), { opcode: 9 })));
    let left = 200;
    const more = () => {
      left -= 1;
      if (left < 0) return void setTimeout(() => wire.destroy(), 200);
      if (wire.destroyed) return;
      if (wire.write(pings)) setImmediate(more);
      else setTimeout(more, 5);
    };
    more();
  },
};
