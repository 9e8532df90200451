import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { bootstrapCookieName, closeCodes } from "@/lib/console/rules";
import { assertNever } from "@/lib/core/errors";
import { forwardUpload, isUploadPath } from "../web/forward-upload";
import { readUpgrade } from "./read-upgrade";
import { refuseUpgrade, type Upgrade } from "./refuse-upgrade";
import type { FromRelay, RelayOptions, ToRelay } from "./relay-messages";
import { RelayedSession } from "./relayed-session";

const frameBytesMax = 1024 * 1024;
const headersTimeoutMs = 10_000;
const waitingMax = 200;
/** Without word from the other thread for so long, nothing works here. */
const silentMs = 10_000;

/**
 * Carries the bytes of consoles, in a thread of its own: it knows neither the database nor who may what, and its small
 * heap keeps the garbage that passing bytes on makes cheap to collect.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #post: (message: FromRelay) => void;
  readonly #server: http.Server;
  readonly #sockets = acceptSockets();
  readonly #waiting = new Map<number, Upgrade>();
  readonly #sessions = new Map<number, RelayedSession>();
  /** The credentials in use, each once however many sessions use it. */
  readonly #clusters = new Map<string, ClusterConnection>();
  #lastId = 0;
  #isReady = false;
  #isStopping = false;
  #toldAt = performance.now();

  constructor(options: RelayOptions, post: (message: FromRelay) => void) {
    this.#options = options;
    this.#post = (message) => {
      if (message.kind === "ended") this.#sessions.delete(message.id);
      post(message);
    };
    // A part of a file takes as long as its sender's line needs.
    this.#server = http.createServer(
      { headersTimeout: headersTimeoutMs, requestTimeout: 0 },
      (request, response) => this.#answer(request, response),
    );
    this.#server.on("upgrade", (request, socket, head) => this.#ask({ request, socket, head }));
    this.#server.listen(options.port, options.host, () => {
      // A listening TCP server's address is never a pipe's name.
      const { port } = this.#server.address() as AddressInfo;
      post({ kind: "listening", port });
    });
  }

  obey(message: ToRelay): void {
    switch (message.kind) {
      case "beat":
        this.#isReady = message.isReady;
        this.#toldAt = performance.now();
        return;
      case "refuse":
        return this.#take(message.id, (upgrade) => refuseUpgrade(upgrade.socket, message));
      case "turnAway":
        return this.#take(message.id, (upgrade) => this.#complete(upgrade)?.close(closeCodes.busy, "busy"));
      case "cluster":
        return void this.#clusters.set(message.clusterId, message.connection);
      case "admit":
        return this.#admit(message);
      case "end":
        return (this.#sessions.get(message.id) ?? this.#begin(message.id))?.end(message.ending);
      case "stop":
        return this.#stop();
      default:
        return assertNever(message);
    }
  }

  /** What can be refused without asking anybody is; the rest waits for an answer. */
  #ask(upgrade: Upgrade): void {
    const { request, socket } = upgrade;
    socket.on("error", () => socket.destroy());
    if (this.#isStopping || this.#waiting.size >= waitingMax) {
      return refuseUpgrade(socket, { status: 503, code: "RATE_LIMIT_EXCEEDED" });
    }
    const asked = readUpgrade(request, this.#options.publicOrigin);
    if ("status" in asked) return refuseUpgrade(socket, asked);
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, upgrade);
    this.#post({ kind: "asked", id: this.#lastId, asked, caller: readCaller(request) });
  }

  #take(id: number, act: (upgrade: Upgrade) => void): void {
    const upgrade = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (upgrade !== undefined) act(upgrade);
  }

  #admit({ id, clusterId, target }: Extract<ToRelay, { kind: "admit" }>): void {
    const connection = this.#clusters.get(clusterId);
    const session = this.#begin(id);
    if (connection === undefined) session?.end("cluster_lost");
    else void session?.connect(connection, target);
  }

  /** The browser that waits under this number gets its websocket; null when none does, or no longer. */
  #begin(id: number): RelayedSession | null {
    let session: RelayedSession | null = null;
    this.#take(id, (upgrade) => {
      const browser = this.#complete(upgrade);
      // It left while its token was being redeemed; the session has begun on paper and ends there.
      if (browser === null)
        return this.#post({ kind: "ended", id, ending: "closed", bytesSent: 0, bytesReceived: 0 });
      session = new RelayedSession(id, browser, upgrade.socket, this.#post);
      this.#sessions.set(id, session);
    });
    return session;
  }

  /** Completes the handshake; null when the browser is gone. */
  #complete({ request, socket, head }: Upgrade): WebSocket | null {
    if (socket.destroyed) return null;
    let completed: WebSocket | null = null;
    this.#sockets.handleUpgrade(request, socket, head, (browser) => {
      // ws ends the socket by itself; an error nobody listens to would end the process.
      browser.on("error", () => undefined);
      completed = browser;
    });
    return completed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { uploadsUrl } = this.#options;
    if (uploadsUrl !== null && isUploadPath(request.url ?? ""))
      return forwardUpload(request, response, new URL(uploadsUrl));
    const isLive = performance.now() - this.#toldAt < silentMs;
    const isFine = request.url === "/health/live" ? isLive : isLive && this.#isReady && !this.#isStopping;
    const isHealth = ["/health", "/health/live", "/health/ready"].includes(request.url ?? "");
    const status = !isHealth ? 404 : isFine ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    const word = status === 200 ? "ok" : status === 404 ? "not_found" : "unavailable";
    response.end(JSON.stringify({ status: word, process: "console", sessions: this.#sessions.size }));
  }

  #stop(): void {
    this.#isStopping = true;
    this.#server.close();
    this.#server.closeAllConnections();
    for (const { socket } of this.#waiting.values()) socket.destroy();
  }
}

function readCaller({ headers, socket }: IncomingMessage) {
  return {
    requestId: [headers["x-request-id"]].flat()[0] ?? null,
    // Only the web process reaches this port, and it says which address it serves.
    address: [headers["x-shepherd-address"]].flat()[0] ?? socket.remoteAddress ?? null,
    userAgent: headers["user-agent"] ?? null,
  };
}

/** The sub-protocol older noVNC clients ask for is granted; a browser that offers none gets none. */
function acceptSockets(): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: frameBytesMax,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
  });
  // Spent with the handshake, so the browser need not keep it.
  sockets.on("headers", (headers, request) => {
    headers.push(
      `Set-Cookie: ${bootstrapCookieName}=; Path=${request.url}; Max-Age=0; HttpOnly; SameSite=Strict`,
    );
  });
  return sockets;
}
