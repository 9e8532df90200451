import type { WebSocket } from "ws";
import { openConsoleStream } from "@/lib/adapters/kubevirt/console-stream";
import { openClusterConnection } from "@/lib/clusters/connect-cluster";
import { closeConsole } from "@/lib/console/close-console";
import type { OpenedConsole } from "@/lib/console/open-console";
import { explainLoss } from "@/lib/console/queries";
import { closeCodes, type ConsoleEnding } from "@/lib/console/rules";
import type { Context, Person } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { relayFrames } from "./relay-frames";
import { SessionWatch } from "./session-watch";

const connectTimeoutMs = 10_000;
/** A side that does not answer the goodbye is dropped. */
const goodbyeMs = 2_000;
/** The portal learns a moment after the proxy that a VM has stopped or somebody took over. */
const explainMs = [0, 300, 500, 700];
const closingRetriesMs = [0, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** A message that only asks for the picture is no sign that somebody is there (RFB FramebufferUpdateRequest). */
const pictureRequest = 3;

export interface SessionParts {
  ctx: Context & { actor: Person };
  /** Using the console counts as using the portal; the cookie is what is used. */
  cookie: string;
  opened: OpenedConsole;
  browser: WebSocket;
}

/** One person at one VM's console: two sockets, and everything that may end them. */
export class ConsoleSession {
  readonly #parts: SessionParts;
  readonly #abort = new AbortController();
  readonly #watch: SessionWatch;
  #upstream: WebSocket | undefined;
  #ending: ConsoleEnding | undefined;
  #bytesSent = 0;
  #bytesReceived = 0;
  readonly ended: Promise<void>;
  #recordEnd: () => void = () => undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { ctx, cookie, opened, browser } = parts;
    this.ended = new Promise<void>((resolve) => (this.#recordEnd = resolve)).then(() => this.#record());
    this.#watch = new SessionWatch({ ctx, cookie, opened, browser }, (ending) => this.end(ending));
    browser.on("error", (error) => this.end(isMisuse(error) ? "misused" : "closed"));
    browser.once("close", () => this.end("closed"));
  }

  get jti(): string {
    return this.#parts.opened.jti;
  }

  /** Whose changes concern this session. */
  get subjects() {
    const { ctx, opened } = this.#parts;
    return { console: opened.jti, session: ctx.actor.sessionId, vm: opened.vm.id };
  }

  async start(): Promise<void> {
    const { opened, browser } = this.#parts;
    browser.pause();
    this.#watch.start();
    try {
      const connection = await openClusterConnection(opened.vm.clusterId);
      const target = { namespace: opened.vm.namespace, name: opened.vm.name, kind: opened.consoleType };
      const options = { signal: this.#abort.signal, timeoutMs: connectTimeoutMs };
      const upstream = await openConsoleStream(connection, target, options);
      if (this.#ending === undefined) this.#join(upstream);
      else upstream.terminate();
    } catch (error) {
      if (this.#ending !== undefined) return;
      logger("console").warn(
        { err: error, jti: this.jti, cluster: opened.vm.clusterName },
        "no console stream",
      );
      this.end(endingOfFailure(error));
    }
  }

  /** Whether the session may go on is asked again now; it ends by itself if not. */
  recheck(): void {
    void this.#watch.recheck();
  }

  end(ending: ConsoleEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#watch.stop();
    this.#abort.abort();
    const { browser } = this.#parts;
    const both = [
      sayGoodbye(browser, closeCodes[ending], ending),
      sayGoodbye(this.#upstream, closeCodes.closed),
    ];
    void Promise.all(both).then(() => this.#recordEnd());
  }

  #join(upstream: WebSocket): void {
    const { browser, opened } = this.#parts;
    this.#upstream = upstream;
    this.#watch.follow(upstream);
    upstream.on("error", () => undefined);
    upstream.once("close", () => void this.#explainAndEnd());
    relayFrames(upstream, browser, {
      onBytes: (count) => {
        this.#bytesSent += count;
        this.#watch.sawCluster();
      },
      onTaken: () => this.#watch.sawBrowser(),
      onText: () => this.end("cluster_lost"),
    });
    relayFrames(browser, upstream, {
      onBytes: (count, first) => {
        this.#bytesReceived += count;
        this.#watch.sawBrowser();
        if (opened.consoleType === "serial" || first !== pictureRequest) this.#watch.sawInput();
      },
      onTaken: () => this.#watch.sawCluster(),
      onText: () => this.end("misused"),
    });
    upstream.resume();
    browser.resume();
  }

  /** The cluster hangs up without a word; the portal's own rows say why, a moment later. */
  async #explainAndEnd(): Promise<void> {
    for (const ms of explainMs) {
      if (this.#ending !== undefined) return;
      await delay(ms);
      const ending = await explainLoss(this.#parts.ctx, this.jti).catch(() => null);
      if (ending !== null) return this.end(ending);
    }
    this.end("cluster_lost");
  }

  /** The record of the end waits out a database that is away; what a dying process cannot write, another one does. */
  async #record(): Promise<void> {
    const { ctx, opened } = this.#parts;
    const [bytesSent, bytesReceived] = [this.#bytesSent, this.#bytesReceived];
    const ending = this.#ending ?? "closed";
    const closed = { jti: opened.jti, vm: opened.vm, ending, bytesSent, bytesReceived };
    for (const ms of closingRetriesMs) {
      await delay(ms);
      try {
        await closeConsole({ ...ctx, now: new Date() }, closed);
        logger("console").info(
          { jti: opened.jti, vmId: opened.vm.id, ending, bytesSent, bytesReceived },
          "closed",
        );
        return;
      } catch (error) {
        logger("console").warn({ err: error, jti: opened.jti }, "the end of a session could not be recorded");
      }
    }
  }
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

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
