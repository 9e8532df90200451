import { createServer as createPlain } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { writeKubeconfig } from "@/e2e/lab/kubevirt/kubeconfig";

/** The cluster's end of a console, that does what the first message says: stream that many bytes, or echo. */
const framesInFlight = 16;
const secure = { port: 0, host: "127.0.0.1" };

const identity = await createIdentity("bench", [secure.host]);
const sockets = new WebSocketServer({
  noServer: true,
  perMessageDeflate: false,
  handleProtocols: () => "plain.kubevirt.io",
});
sockets.on("connection", (socket) => {
  socket.on("error", () => undefined);
  socket.once("message", (order: Buffer) => obey(socket, JSON.parse(order.toString("utf8"))));
});

function obey(socket: WebSocket, order: { bytes: number; frame: number }): void {
  if (order.bytes > 0) return stream(socket, order);
  socket.on("message", (bytes: Buffer) => socket.send(bytes));
  socket.send(Buffer.from([0]));
}

function stream(socket: WebSocket, { bytes, frame }: { bytes: number; frame: number }): void {
  const payload = Buffer.alloc(frame, 7);
  let left = bytes;
  const sendNext = () => {
    if (left <= 0 || socket.readyState !== socket.OPEN) return;
    left -= frame;
    socket.send(payload, sendNext);
  };
  for (let count = 0; count < framesInFlight; count += 1) sendNext();
}

const overTls = createSecure({ key: identity.keyPem, cert: identity.certificatePem });
const overTcp = createPlain();
for (const server of [overTls, overTcp]) {
  server.on("upgrade", (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request)),
  );
  await new Promise<void>((resolve) => server.listen(0, secure.host, resolve));
}
const [tlsPort, tcpPort] = [overTls, overTcp].map((server) => (server.address() as AddressInfo).port);
const url = `https://${secure.host}:${tlsPort}`;
const { caPem, token } = identity;
process.send?.({
  tlsPort,
  tcpPort,
  caPem,
  kubeconfig: writeKubeconfig({ name: "bench", url, caPem, token }),
});
process.once("disconnect", () => process.exit(0));
