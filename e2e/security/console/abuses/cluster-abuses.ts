import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { answer, aScreen, speak, talk } from "../ground/behaviours";
import type { Behaviour } from "../ground/far-end";
import { fragments, serverFrame } from "../ground/frames";

const mebi = 1024 * 1024;
const some = Buffer.alloc(16, 7);
const status = (code: number, headers: readonly string[], body = "") =>
  answer([`HTTP/1.1 ${code} Nonsense`, "connection: close", ...headers, "", body].join("\r\n"));

/** Nobody is let in, so the browser is told that the cluster is lost. */
export const refusals: Record<string, Behaviour> = {
  "hangs up at once": (_request, socket) => void socket.destroy(),
  "answers in no language": answer("\u0000\u0001 nonsense\r\n\r\n"),
  "answers 200": status(200, ["content-length: 2"], "ok"),
  "answers 302 to the portal's own port": status(302, ["location: http://127.0.0.1:3000/api/v1/me"]),
  "answers 307 to another path of its own": status(307, ["location: /stray"]),
  "answers 401": status(401, ["www-authenticate: Basic realm=portal"]),
  "answers 500 with 8 MiB of words": status(500, [], "a".repeat(8 * mebi)),
  "answers with 100 KiB of headers": status(403, [`x-bomb: ${"a".repeat(100 * 1024)}`]),
  "says back the credential it was shown": (request, socket) => {
    const message = `forbidden: ${request.headers.authorization}`;
    socket.end(
      `HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", reason: "Forbidden", code: 403, message })}`,
    );
  },
  "agrees with a wrong key": (_request, socket) =>
    void socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\nSec-WebSocket-Protocol: plain.kubevirt.io\r\n\r\n",
    ),
  "agrees to compress, unasked": speak(() => undefined, ["Sec-WebSocket-Extensions: permessage-deflate"]),
};

const tell = (bytes: () => Buffer): Behaviour => speak((socket: Duplex) => void socket.write(bytes()));

/** Lets the portal in and goes against the protocol: the session ends as a cluster that was lost. */
export const breaches: Record<string, Behaviour> = {
  "closes at once": talk((socket) => socket.close()),
  "is gone at once": talk((socket) => socket.terminate()),
  "sends a text frame": talk((socket) => socket.send("text")),
  "closes with a forbidden code": tell(() => serverFrame(Buffer.from([3, 237]), { opcode: 8 })),
  "masks what it sends": tell(() => serverFrame(some, { isMasked: true })),
  "sets a reserved bit": tell(() => serverFrame(some, { reserved: 4 })),
  "sends an unknown kind of frame": tell(() => serverFrame(some, { opcode: 5 })),
  "announces 2^63 bytes": tell(() => serverFrame(some, { announced: 2n ** 63n - 1n })),
  "sends a frame of a byte too many": tell(() => serverFrame(Buffer.alloc(mebi + 1))),
  "sends 100,000 pieces of a byte": tell(() => fragments(100_000, { isMasked: false, hasEnd: true })),
  "sends bytes that are no frames": tell(() => Buffer.alloc(4_096, 0xff)),
  "pings 200,000 times and reads nothing": speak((socket) => {
    socket.pause();
    const pings = Buffer.concat(
      Array.from({ length: 1_000 }, () => serverFrame(Buffer.alloc(125), { opcode: 9 })),
    );
    let left = 200;
    const more = () => {
      left -= 1;
      if (left < 0) return void setTimeout(() => socket.destroy(), 200);
      if (socket.destroyed) return;
      if (socket.write(pings)) setImmediate(more);
      else setTimeout(more, 5);
    };
    more();
  }),
};

function words(count: number, head: readonly number[], fill: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0, 0, count >> 8, count & 255]), Buffer.from(head), fill]);
}

const rectangle = (width: number, height: number, encoding: number) => {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(width, 4);
  head.writeUInt16BE(height, 6);
  head.writeInt32BE(encoding, 8);
  return [...head];
};
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const nonsense = () => randomBytes(200_000);

async function sendFor(socket: WebSocket, bytes: Buffer, ms: number): Promise<void> {
  for (
    const until = performance.now() + ms;
    performance.now() < until && socket.readyState === socket.OPEN;
  ) {
    await new Promise((resolve) => socket.send(bytes, resolve));
    await wait(1);
  }
}

const manyEmpty = Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.from(rectangle(0, 0, 0))));

/** A screen that introduced itself rightly and then draws what no screen is; somebody watches it. */
export const falseScreens: Record<string, (socket: WebSocket) => void> = {
  "draws noise": (socket) => socket.send(nonsense()),
  "draws an update of 65,535 empty rectangles, again and again": (socket) =>
    void sendFor(socket, words(65_535, [], manyEmpty), 800),
  "draws rectangles of no update": (socket) => void sendFor(socket, manyEmpty, 500),
  "draws a picture of 65,535 by 65,535": (socket) =>
    void sendFor(socket, words(1, rectangle(65_535, 65_535, 0), Buffer.alloc(500_000)), 800),
  "draws 4 GiB of parts": (socket) =>
    socket.send(words(1, rectangle(9, 9, 2), Buffer.concat([u32(0xffffffff), nonsense()]))),
  "draws 4 GiB of compressed bytes": (socket) =>
    socket.send(words(1, rectangle(9, 9, 16), Buffer.concat([u32(0xffffffff), nonsense()]))),
  "draws tiles without an end": (socket) =>
    void sendFor(socket, words(1, rectangle(65_535, 65_535, 5), Buffer.alloc(500_000)), 800),
  "draws a photograph without an end": (socket) =>
    void sendFor(socket, words(1, rectangle(9, 9, 21), Buffer.alloc(500_000, 0xff)), 800),
  "grows to 65,535 by 65,535": (socket) =>
    socket.send(words(1, rectangle(65_535, 65_535, -223), Buffer.alloc(0))),
  "grows by so many screens": (socket) =>
    socket.send(
      words(1, rectangle(16, 16, -308), Buffer.concat([Buffer.from([255, 0, 0, 0]), Buffer.alloc(4_080)])),
    ),
  "takes a name of 4 GiB": (socket) =>
    socket.send(words(1, rectangle(0, 0, -307), Buffer.concat([u32(0xffffffff), nonsense()]))),
  "copies a text of -2^31 bytes": (socket) =>
    socket.send(Buffer.concat([Buffer.from([3, 0, 0, 0]), u32(0x80000000), nonsense()])),
  "sets 65,535 colours": (socket) =>
    socket.send(Buffer.concat([Buffer.from([1, 0, 0, 0, 255, 255]), nonsense()])),
  "sends sound of 4 GiB": (socket) =>
    socket.send(Buffer.concat([Buffer.from([255, 1, 0, 2]), u32(0xffffffff), nonsense()])),
  "speaks in unknown messages": (socket) => socket.send(Buffer.from([99, 1, 2, 3])),
  "speaks in encodings nobody knows": (socket) => socket.send(words(1, rectangle(1, 1, 12_345), nonsense())),
  "drips byte by byte": (socket) => {
    for (const byte of words(3, rectangle(16, 16, 0), Buffer.alloc(300))) socket.send(Buffer.from([byte]));
  },
};

/** @param name may say more behind a comma */
export const falseScreen = (name: string): Behaviour =>
  aScreen(falseScreens[name.replace(/, again \d+$/, "")]).behave;

/** The introduction itself is none. */
export const falseIntroductions: Record<string, Behaviour> = {
  "greets in another language": talk((socket) => socket.send(Buffer.from("SSH-2.0-OpenSSH_9"))),
  "greets with noise": talk((socket) => socket.send(nonsense())),
  "introduces itself before it is asked": talk((socket) =>
    socket.send(Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.alloc(3_000, 1)])),
  ),
  "refuses for a reason of 4 GiB": talk((socket) =>
    socket.send(Buffer.concat([Buffer.from("RFB 003.008\n"), Buffer.from([0]), u32(0xffffffff)])),
  ),
};
