import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { Behaviour } from "./far-end";

const protocol = "plain.kubevirt.io";
const sockets = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  handleProtocols: () => protocol,
});

export const greeting = "ready";

/** Lets whoever asks in, and goes on in whole messages. */
export function talk(act: (socket: WebSocket) => void): Behaviour {
  return (request, socket) =>
    sockets.handleUpgrade(request, socket, Buffer.alloc(0), (opened) => {
      opened.on("error", () => undefined);
      act(opened);
    });
}

/** Lets whoever asks in, and goes on byte by byte, as nobody who keeps to the protocol would. */
export function speak(act: (socket: Duplex) => void, headers: readonly string[] = []): Behaviour {
  return (request, socket) => {
    const key = request.headers["sec-websocket-key"] ?? "";
    const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    const lines = [
      "HTTP/1.1 101 Switching Protocols",
      "Upgrade: websocket",
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${accept}`,
      `Sec-WebSocket-Protocol: ${protocol}`,
      ...headers,
    ];
    socket.resume();
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    act(socket);
  };
}

/** Answers in plain words instead of letting anybody in. */
export function answer(text: string): Behaviour {
  return (_request, socket) => void socket.end(text);
}

/** Greets, and says back whatever it is told. */
export const echo: Behaviour = talk((socket) => {
  socket.send(Buffer.from(greeting));
  socket.on("message", (bytes: RawData) => socket.send(bytes, { binary: true }));
});

const floodBytes = Buffer.alloc(64 * 1024, 7);
const floodsInFlight = 16;

/** Sends for ever, as fast as it is taken. */
export function flood(onSent: (bytes: number) => void = () => undefined): Behaviour {
  return talk((socket) => {
    const sendNext = () => {
      if (socket.readyState !== socket.OPEN) return;
      onSent(floodBytes.length);
      socket.send(floodBytes, sendNext);
    };
    for (let count = 0; count < floodsInFlight; count += 1) sendNext();
  });
}

/** In the one order of colours that can be shared. */
const introduction = Buffer.concat([
  Buffer.from([0, 16, 0, 16, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0, 0, 0, 0, 5]),
  Buffer.from("guest"),
]);
const update = Buffer.concat([
  Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 16, 0, 0, 0, 0]),
  Buffer.alloc(16 * 16 * 4, 7),
]);
const steps: readonly (readonly [number, Buffer])[] = [
  [12, Buffer.from([1, 1])],
  [1, Buffer.alloc(4)],
  [1, introduction],
];

export interface Screen {
  behave: Behaviour;
  /** What it was told since it introduced itself. */
  heard(): Buffer;
}

/** A small screen that draws itself whenever all of it is asked for. */
export function aScreen(after: (socket: WebSocket) => void = () => undefined): Screen {
  const heard: Buffer[] = [];
  const behave = talk((socket) => {
    let [step, greeted] = [0, Buffer.alloc(0)];
    const listen = (bytes: Buffer) => {
      heard.push(bytes);
      const isWhole = bytes[0] === 2 || (bytes[0] === 3 && bytes[1] === 0);
      if (isWhole) socket.send(update);
    };
    const greet = (bytes: Buffer) => {
      greeted = Buffer.concat([greeted, bytes]);
      for (let next = steps[step]; next !== undefined && greeted.length >= next[0]; next = steps[step]) {
        greeted = greeted.subarray(next[0]);
        step += 1;
        socket.send(next[1]);
      }
      if (step < steps.length) return;
      socket.off("message", greet);
      socket.on("message", listen);
      after(socket);
    };
    socket.on("message", greet);
    socket.send(Buffer.from("RFB 003.008\n"));
  });
  return { behave, heard: () => Buffer.concat(heard) };
}
