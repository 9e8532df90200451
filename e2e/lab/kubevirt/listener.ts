import { createServer } from "node:https";
import type { Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Certificates } from "./certificates";

export interface Listener {
  port: number;
  /** On all connections, those that have ended too. */
  bytesSent(): number;
  close(): Promise<void>;
  /** Refuses connections for a while, as a stopped server does. */
  refuseFor(milliseconds: number): void;
}

interface Handlers {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade?(request: IncomingMessage, socket: Socket, head: Buffer): void;
}

export async function listenSecurely(
  certificates: Certificates,
  handlers: Handlers,
  place: { port: number; host: string },
): Promise<Listener> {
  const server = createServer({ key: certificates.keyPem, cert: certificates.certificatePem });
  // An image takes as long as it takes.
  server.requestTimeout = 0;
  const sockets = new Set<Socket>();
  let sentBefore = 0;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      sentBefore += socket.bytesWritten;
    });
  });
  server.on("request", handlers.request);
  if (handlers.upgrade) server.on("upgrade", handlers.upgrade);
  const port = await open(server, place.port, place.host);
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port,
    bytesSent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentBefore),
    close: () => closeServer(server, cut),
    refuseFor: (milliseconds) => {
      void closeServer(server, cut).then(() =>
        setTimeout(() => void open(server, port, place.host), milliseconds).unref(),
      );
    },
  };
}

export function addressOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function open(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server, cut: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    cut();
  });
}
