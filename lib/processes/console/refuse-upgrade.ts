import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Answers in plain HTTP, so that a client sees why there is no websocket. */
export function refuseUpgrade(socket: Duplex, { status, code }: { status: number; code: string }): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ code });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
