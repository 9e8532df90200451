import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { RawData, WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { Cluster } from "../cluster";
import { domainOf, isFinal, phaseOf } from "../controllers/machine-facts";
import type { Failure } from "../failures";
import { badRequest, notFound, plainFailure } from "../failures";
import { valueAt } from "../json";
import { instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import type { SubresourcePath } from "../paths";
import { instanceConflict } from "../subresources/actions";
import { RfbServer } from "./rfb-server";
import { SerialLine } from "./serial";

const protocol = "plain.kubevirt.io";
const partBytes = 10 * 1024;

/** What Node hands over when a client asks for another protocol. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** The console and VNC connections of all instances; KubeVirt allows one of each per instance. */
export class ConsoleSockets {
  readonly #cluster: Cluster;
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 4 * 1024 * 1024,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  readonly #sessions = new Map<string, WebSocket>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    cluster.store.onEvent(({ type, kind, object }) => {
      if (kind === instanceKind && (type === "DELETED" || isFinal(object)))
        this.#closeAll(object.metadata.uid);
    });
  }

  /** Throws what must be answered before the upgrade. */
  open(path: SubresourcePath, query: URLSearchParams, { request, socket, head }: Upgrade): void {
    const instance = this.#requireInstance(path);
    const key = `${instance.metadata.uid}/${path.action}`;
    const current = this.#sessions.get(key);
    if (current && path.action === "vnc" && query.get("preserveSession") === "true") {
      throw plainFailure(503, "Active VNC connection. Request denied.");
    }
    current?.terminate();
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#sessions.set(key, webSocket);
      webSocket.on("close", () => {
        if (this.#sessions.get(key) === webSocket) this.#sessions.delete(key);
      });
      webSocket.on("error", () => webSocket.terminate());
      if (path.action === "vnc") this.#serveScreen(instance, webSocket);
      else serveSerial(instance, webSocket);
    });
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.terminate();
  }

  #requireInstance(path: SubresourcePath): KubeObject {
    const target = { resource: "virtualmachineinstance", group: "kubevirt.io", name: path.name };
    const instance = this.#cluster.store.get(instanceKind, path.namespace, path.name);
    if (!instance) throw notFound(target);
    if (phaseOf(instance) === "Failed") throw instanceConflict(path.name, "VMI is in failed status");
    if (phaseOf(instance) !== "Running") throw badRequest("VMI is not running");
    const isVnc = path.action === "vnc";
    const member = isVnc ? "autoattachGraphicsDevice" : "autoattachSerialConsole";
    if (valueAt(domainOf(instance), "devices", member) === false) {
      throw badRequest(isVnc ? "No graphics devices are present." : "No serial consoles are present.");
    }
    return instance;
  }

  #serveScreen(instance: KubeObject, webSocket: WebSocket): void {
    if (this.#cluster.guests?.relay(instance, webSocket)) return;
    const rfb = new RfbServer(this.#cluster.pictures.of(instance), {
      send: (bytes) => sendInParts(webSocket, bytes),
      close: () => webSocket.close(),
    });
    webSocket.on("message", (data, isBinary) => {
      // KubeVirt's reader passes over text frames.
      if (isBinary) rfb.receive(toBuffer(data));
    });
    webSocket.on("close", () => rfb.close());
  }

  #closeAll(uid: string): void {
    for (const [key, session] of this.#sessions) if (key.startsWith(`${uid}/`)) session.close(1000);
  }
}

function serveSerial(instance: KubeObject, webSocket: WebSocket): void {
  const startedAt = new Date(instance.metadata.creationTimestamp);
  const line = new SerialLine(instance.metadata.name, startedAt, (bytes) => webSocket.send(bytes));
  webSocket.on("message", (data, isBinary) => {
    if (isBinary) line.receive(toBuffer(data));
  });
}

/** KubeVirt passes on what it read into buffers of ten kibibytes. */
function sendInParts(webSocket: WebSocket, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += partBytes) webSocket.send(bytes.subarray(at, at + partBytes));
}

export function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

export function isConsolePath(path: SubresourcePath | undefined): path is SubresourcePath {
  return path?.resource === "virtualmachineinstances" && (path.action === "console" || path.action === "vnc");
}

export function notAWebSocket(): Failure {
  return badRequest(
    "websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
  );
}
