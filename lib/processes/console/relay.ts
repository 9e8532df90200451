import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { bootstrapCookieName, closeCodes } from "@/lib/console/rules";
import { assertNever } from "@/lib/core/errors";
import { forwardRecording, isRecordingPath } from "../web/forward-recording";
import { forwardUpgrade } from "../web/forward-upgrade";
import { forwardUpload, isUploadPath } from "../web/forward-upload";
import { ObserverSession } from "./observer-session";
import { forwardedHeader, readUpgrade } from "./read-upgrade";
import { openRecorder, type RecordingReport } from "./recording";
import { refuseUpgrade, type Upgrade } from "./refuse-upgrade";
import type { FromRelay, RelayOptions, ToRelay } from "./relay-messages";
import { RelayedSession, type SessionParts } from "./relayed-session";

const frameBytesMax = 1024 * 1024;
const headersTimeoutMs = 10_000;
/** How often somebody who is slow to say what they want is looked for. */
const headersCheckMs = 2_500;
const waitingMax = 200;
/** Without word from the other thread for so long, nothing works here. */
const silentMs = 10_000;
const trafficMs = 10_000;

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
  readonly #sessions = new Map<number, RelayedSession | ObserverSession>();
  /** The credentials in use, each once however many sessions use it. */
  readonly #clusters = new Map<string, ClusterConnection>();
  readonly #trafficTimer: NodeJS.Timeout;
  /** What each session had carried when it was last told. */
  readonly #toldTraffic = new WeakMap<RelayedSession | ObserverSession, number>();
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
      { headersTimeout: headersTimeoutMs, requestTimeout: 0, connectionsCheckingInterval: headersCheckMs },
      (request, response) => this.#answer(request, response),
    );
    this.#server.on("upgrade", (request, socket, head) => this.#ask({ request, socket, head }));
    this.#server.listen(options.port, options.host, () => {
      // A listening TCP server's address is never a pipe's name.
      const { port } = this.#server.address() as AddressInfo;
      post({ kind: "listening", port });
    });
    this.#trafficTimer = setInterval(() => this.#tellTraffic(), trafficMs);
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
        return this.#take(message.id, (upgrade) =>
          this.#complete(upgrade)?.close(closeCodes[message.ending], message.ending),
        );
      case "forward":
        return this.#take(message.id, ({ request, socket, head }) => {
          request.headers[forwardedHeader] = "1";
          forwardUpgrade(request, socket, head, new URL(message.address));
        });
      case "cluster":
        return void this.#clusters.set(message.clusterId, message.connection);
      case "admit":
        return this.#admit(message);
      case "watch":
        return this.#watch(message);
      case "end":
        return this.#end(message);
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

  #end({ id, ending }: Extract<ToRelay, { kind: "end" }>): void {
    const session = this.#sessions.get(id) ?? this.#begin(id, (parts) => new RelayedSession(parts));
    session?.end(ending);
  }

  #take(id: number, act: (upgrade: Upgrade) => void): void {
    const upgrade = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (upgrade !== undefined) act(upgrade);
  }

  #admit({ id, clusterId, target, recording }: Extract<ToRelay, { kind: "admit" }>): void {
    const connection = this.#clusters.get(clusterId);
    const report = (told: RecordingReport) => this.#post({ kind: "recorded", report: told });
    const recorder = recording === null ? null : openRecorder(recording, report);
    const session = this.#begin(id, (parts) => new RelayedSession(parts));
    if (session === null) return recorder?.end("closed");
    if (connection !== undefined) return void session.connect(connection, target, recorder);
    recorder?.end("cluster_lost");
    session.end("cluster_lost");
  }

  /** Whoever watches shares the connection of the session that is watched. */
  #watch({ id, watchedId, consoleType }: Extract<ToRelay, { kind: "watch" }>): void {
    const watched = this.#sessions.get(watchedId);
    if (watched instanceof RelayedSession)
      this.#begin(id, (parts) => new ObserverSession(parts, watched, consoleType));
    else this.#begin(id, (parts) => new RelayedSession(parts))?.end("watch_ended");
  }

  /** The browser that waits under this number gets its websocket; null when none does, or no longer. */
  #begin<Session extends RelayedSession | ObserverSession>(
    id: number,
    make: (parts: SessionParts) => Session,
  ): Session | null {
    const upgrade = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (upgrade === undefined) return null;
    const browser = this.#complete(upgrade);
    if (browser === null) {
      // It left while its token was being redeemed; the session has begun on paper and ends there.
      this.#post({ kind: "ended", id, ending: "closed", bytesSent: 0, bytesReceived: 0 });
      return null;
    }
    const session = make({ id, browser, wire: upgrade.socket, post: this.#post });
    this.#sessions.set(id, session);
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
    const { uploadsUrl, recordingsUrl } = this.#options;
    if (uploadsUrl !== null && isUploadPath(request.url ?? ""))
      return forwardUpload(request, response, new URL(uploadsUrl));
    if (recordingsUrl !== null && isRecordingPath(request.url ?? ""))
      return forwardRecording(request, response, new URL(recordingsUrl));
    const isLive = performance.now() - this.#toldAt < silentMs;
    const isFine = request.url === "/health/live" ? isLive : isLive && this.#isReady && !this.#isStopping;
    const isHealth = ["/health", "/health/live", "/health/ready"].includes(request.url ?? "");
    const status = !isHealth ? 404 : isFine ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    const word = status === 200 ? "ok" : status === 404 ? "not_found" : "unavailable";
    response.end(JSON.stringify({ status: word, process: "console", sessions: this.#sessions.size }));
  }

  #tellTraffic(): void {
    const moved = [...this.#sessions.values()].flatMap((session) => {
      const { traffic } = session;
      const total = traffic.bytesSent + traffic.bytesReceived;
      if (this.#toldTraffic.get(session) === total) return [];
      this.#toldTraffic.set(session, total);
      return [traffic];
    });
    if (moved.length > 0) this.#post({ kind: "traffic", sessions: moved });
  }

  #stop(): void {
    this.#isStopping = true;
    clearInterval(this.#trafficTimer);
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
