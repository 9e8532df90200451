import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import { openConsoleStream, type ConsoleTarget } from "@/lib/adapters/kubevirt/console-stream";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { closeCodes, idleMinutes, type ConsoleEnding } from "@/lib/console/rules";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { relayFrames } from "./relay-frames";
import type { FromRelay } from "./relay-messages";

const connectTimeoutMs = 10_000;
const pingMs = 10_000;
/** Three pings that nobody answered. */
const silentMs = 3 * pingMs + 1_000;
/** A side that does not answer the goodbye is dropped. */
const goodbyeMs = 2_000;
/** How long a browser waits to be told why the cluster hung up. */
const explainedWithinMs = 2_500;
const usedEveryMs = 10_000;

/** A message that only asks for the picture is no sign that somebody is there (RFB FramebufferUpdateRequest). */
const pictureRequest = 3;

/** The two sockets of one console, and what of them may end it. */
export class RelayedSession {
  readonly #id: number;
  readonly #browser: WebSocket;
  readonly #wire: Writable;
  readonly #post: (message: FromRelay) => void;
  readonly #abort = new AbortController();
  readonly #pings: NodeJS.Timeout;
  #upstream: WebSocket | undefined;
  #ending: ConsoleEnding | undefined;
  #bytesSent = 0;
  #bytesReceived = 0;
  #browserSeenAt = performance.now();
  #clusterSeenAt = performance.now();
  #movedAt = performance.now();
  #usedAt = 0;

  /** @param wire what the browser's websocket writes to */
  constructor(id: number, browser: WebSocket, wire: Writable, post: (message: FromRelay) => void) {
    this.#id = id;
    this.#browser = browser;
    this.#wire = wire;
    this.#post = post;
    this.#pings = setInterval(() => this.#ping(), pingMs);
    browser.pause();
    browser.on("error", (error) => this.end(isMisuse(error) ? "misused" : "closed"));
    browser.once("close", () => this.end("closed"));
    browser.on("pong", () => (this.#browserSeenAt = performance.now()));
  }

  async connect(connection: ClusterConnection, target: ConsoleTarget): Promise<void> {
    try {
      const options = { signal: this.#abort.signal, timeoutMs: connectTimeoutMs };
      const upstream = await openConsoleStream(connection, target, options);
      if (this.#ending === undefined) this.#join(upstream, target.kind);
      else upstream.terminate();
    } catch (error) {
      if (this.#ending !== undefined) return;
      this.#post({
        kind: "failed",
        id: this.#id,
        reason: error instanceof Error ? error.message : String(error),
      });
      this.end(endingOfFailure(error));
    }
  }

  end(ending: ConsoleEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    clearInterval(this.#pings);
    this.#abort.abort();
    const goodbyes = [
      sayGoodbye(this.#browser, closeCodes[ending], ending),
      sayGoodbye(this.#upstream, closeCodes.closed),
    ];
    void Promise.all(goodbyes).then(() => {
      const [bytesSent, bytesReceived] = [this.#bytesSent, this.#bytesReceived];
      this.#post({ kind: "ended", id: this.#id, ending, bytesSent, bytesReceived });
    });
  }

  #join(upstream: WebSocket, kind: ConsoleTarget["kind"]): void {
    const browser = this.#browser;
    this.#upstream = upstream;
    this.#clusterSeenAt = performance.now();
    upstream.on("pong", () => (this.#clusterSeenAt = performance.now()));
    upstream.once("close", () => this.#askWhy());
    relayFrames(
      upstream,
      browser,
      {
        onBytes: (count) => {
          this.#bytesSent += count;
          this.#clusterSeenAt = this.#movedAt = performance.now();
        },
        onTaken: () => (this.#browserSeenAt = performance.now()),
        onText: () => this.end("cluster_lost"),
      },
      this.#wire,
    );
    relayFrames(browser, upstream, {
      onBytes: (count, first) => {
        this.#bytesReceived += count;
        this.#browserSeenAt = this.#movedAt = performance.now();
        if (kind === "serial" || first !== pictureRequest) this.#noteUse();
      },
      onTaken: () => (this.#clusterSeenAt = performance.now()),
      onText: () => this.end("misused"),
    });
    upstream.resume();
    browser.resume();
  }

  /** Whoever types uses the portal. */
  #noteUse(): void {
    const now = performance.now();
    if (now - this.#usedAt < usedEveryMs) return;
    this.#usedAt = now;
    this.#post({ kind: "used", id: this.#id });
  }

  /** The cluster hangs up without a word; whoever knows the database may know why. */
  #askWhy(): void {
    if (this.#ending !== undefined) return;
    this.#post({ kind: "hungUp", id: this.#id });
    setTimeout(() => this.end("cluster_lost"), explainedWithinMs);
  }

  #ping(): void {
    const now = performance.now();
    if (now - this.#movedAt > idleMinutes * 60_000) return this.end("idle");
    if (isSilent(this.#browser, now - this.#browserSeenAt)) return this.end("closed");
    if (isSilent(this.#upstream, now - this.#clusterSeenAt)) return this.end("cluster_lost");
    for (const socket of [this.#browser, this.#upstream]) {
      if (socket?.readyState === socket?.OPEN) socket?.ping();
    }
  }
}

/** Whoever is not read, because the other side is slow, cannot be heard. */
function isSilent(socket: WebSocket | undefined, forMs: number): boolean {
  return socket !== undefined && forMs > silentMs && !socket.isPaused;
}

function endingOfFailure(error: unknown): ConsoleEnding {
  if (!isOutsideFailure(error)) return "cluster_lost";
  const isStopped = error.kind === "gone" || /is not running|in failed status/.test(error.message);
  return isStopped ? "vm_stopped" : "cluster_lost";
}

/** Frames that are too large, not masked or otherwise against the protocol. */
function isMisuse(error: Error): boolean {
  return "code" in error && String(error.code).startsWith("WS_ERR_");
}

function sayGoodbye(socket: WebSocket | undefined, code: number, reason = ""): Promise<void> {
  if (socket === undefined || socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const hurry = setTimeout(() => socket.terminate(), goodbyeMs);
    socket.once("close", () => {
      clearTimeout(hurry);
      resolve();
    });
    socket.close(code, reason);
    // A socket that is not read never sees the other side's goodbye.
    socket.resume();
  });
}
