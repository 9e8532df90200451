import type { Writable } from "node:stream";
import type { WebSocket } from "ws";
import { openConsoleStream, type ConsoleTarget } from "@/lib/adapters/kubevirt/console-stream";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { closeCodes, idleMinutes, type ConsoleEnding } from "@/lib/console/rules";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { closeReason } from "./close-reason";
import type { Recorder } from "./recording";
import { relayFrames } from "./relay-frames";
import type { FromRelay } from "./relay-messages";
import { isMisuse, sayGoodbye } from "./say-goodbye";
import { SharedLine } from "./sharing/shared-line";
import { SharedScreen } from "./sharing/shared-screen";
import type { Observer, SharedStream } from "./sharing/shared-stream";

const connectTimeoutMs = 10_000;
/** The cluster may still be taking leave of the one who had the screen until now. */
const occupiedRetriesMs = [300, 700, 1_000];
const pingMs = 10_000;
/** Three pings that nobody answered. */
const silentMs = 3 * pingMs + 1_000;
/** How long a browser waits to be told why the cluster hung up. */
const explainedWithinMs = 2_500;
const usedEveryMs = 10_000;

/** A message that only asks for the picture is no sign that somebody is there (RFB FramebufferUpdateRequest). */
const pictureRequest = 3;

export interface SessionParts {
  id: number;
  browser: WebSocket;
  /** What the browser's websocket writes to. */
  wire: Writable;
  post: (message: FromRelay) => void;
}

/** The two sockets of one console, and what of them may end it. */
export class RelayedSession {
  readonly #id: number;
  readonly #browser: WebSocket;
  readonly #wire: Writable;
  readonly #post: (message: FromRelay) => void;
  readonly #abort = new AbortController();
  readonly #pings: NodeJS.Timeout;
  #upstream: WebSocket | undefined;
  #shared: SharedStream | undefined;
  #recorder: Recorder | null = null;
  #ending: ConsoleEnding | undefined;
  #bytesSent = 0;
  #bytesReceived = 0;
  #browserSeenAt = performance.now();
  #clusterSeenAt = performance.now();
  #movedAt = performance.now();
  #usedAt = 0;

  constructor({ id, browser, wire, post }: SessionParts) {
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

  get traffic() {
    return { id: this.#id, bytesSent: this.#bytesSent, bytesReceived: this.#bytesReceived };
  }

  async connect(
    connection: ClusterConnection,
    target: ConsoleTarget,
    recorder: Recorder | null,
  ): Promise<void> {
    this.#recorder = recorder;
    this.#shared =
      target.kind === "serial" ? new SharedLine() : new SharedScreen((bytes) => this.#upstream?.send(bytes));
    try {
      const upstream = await this.#open(connection, target);
      if (this.#ending === undefined) this.#join(upstream, target.kind, this.#shared);
      else upstream.terminate();
    } catch (error) {
      if (this.#ending !== undefined) return;
      this.#post({ kind: "failed", id: this.#id, reason: reasonOf(error, connection) });
      this.end(endingOfFailure(error));
    }
  }

  watch(observer: Observer): void {
    if (this.#shared === undefined || this.#ending !== undefined) observer.end("watch_ended");
    else this.#shared.watch(observer);
  }

  leave(observer: Observer): void {
    this.#shared?.leave(observer);
  }

  end(ending: ConsoleEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    clearInterval(this.#pings);
    this.#abort.abort();
    this.#shared?.end();
    this.#recorder?.end(ending);
    const goodbyes = [
      sayGoodbye(this.#browser, closeCodes[ending], closeReason(ending)),
      sayGoodbye(this.#upstream, closeCodes.closed),
    ];
    void Promise.all(goodbyes).then(() => this.#post({ kind: "ended", ending, ...this.traffic }));
  }

  async #open(connection: ClusterConnection, target: ConsoleTarget): Promise<WebSocket> {
    const options = { signal: this.#abort.signal, timeoutMs: connectTimeoutMs };
    for (const ms of occupiedRetriesMs) {
      try {
        return await openConsoleStream(connection, target, options);
      } catch (error) {
        if (!isOccupied(error) || this.#ending !== undefined) throw error;
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    }
    return openConsoleStream(connection, target, options);
  }

  #join(upstream: WebSocket, kind: ConsoleTarget["kind"], shared: SharedStream): void {
    const browser = this.#browser;
    const recorder = this.#recorder;
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
        pass: (bytes) => {
          recorder?.fromServer(bytes);
          shared.fromServer(bytes);
          return bytes;
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
      pass: (bytes) => {
        recorder?.fromClient(bytes);
        return shared.fromClient(bytes);
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

/** The cluster's own words go to the log, without the credential that it was shown and may say back. */
function reasonOf(error: unknown, { auth }: ClusterConnection): string {
  const words = error instanceof Error ? error.message : String(error);
  return auth.kind === "token" ? words.replaceAll(auth.token, "[REDACTED]") : words;
}

/** Whoever is not read, because the other side is slow, cannot be heard. */
function isSilent(socket: WebSocket | undefined, forMs: number): boolean {
  return socket !== undefined && forMs > silentMs && !socket.isPaused;
}

/** Somebody has the screen past the portal, who was not to be dropped. */
function isOccupied(error: unknown): boolean {
  return isOutsideFailure(error) && error.message.includes("Active VNC connection");
}

function endingOfFailure(error: unknown): ConsoleEnding {
  if (!isOutsideFailure(error)) return "cluster_lost";
  if (isOccupied(error)) return "in_use";
  const isStopped = error.kind === "gone" || /is not running|in failed status/.test(error.message);
  return isStopped ? "vm_stopped" : "cluster_lost";
}
