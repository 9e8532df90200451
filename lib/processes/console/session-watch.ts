import type { WebSocket } from "ws";
import type { OpenedConsole } from "@/lib/console/open-console";
import { recheckConsole } from "@/lib/console/recheck-console";
import { idleMinutes, recheckSeconds, unverifiedSecondsMax, type ConsoleEnding } from "@/lib/console/rules";
import type { Context, Person } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { checkSession } from "@/lib/identity/check-session";

const pingMs = 10_000;
/** Three pings that nobody answered. */
const silentMs = 3 * pingMs + 1_000;

interface Watched {
  ctx: Context & { actor: Person };
  cookie: string;
  opened: OpenedConsole;
  browser: WebSocket;
}

/** The clocks of a session: the grant's end, the recheck, the pings, the idle limit. The first that rings ends it. */
export class SessionWatch {
  readonly #watched: Watched;
  readonly #end: (ending: ConsoleEnding) => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #upstream: WebSocket | undefined;
  #isStopped = false;
  #browserSeenAt = performance.now();
  #clusterSeenAt = performance.now();
  #movedAt = performance.now();
  #verifiedAt = performance.now();
  #hasInput = false;
  #rechecking: Promise<void> | undefined;
  #isRecheckDue = false;

  constructor(watched: Watched, end: (ending: ConsoleEnding) => void) {
    this.#watched = watched;
    this.#end = end;
  }

  start(): void {
    const { opened, browser } = this.#watched;
    browser.on("pong", () => (this.#browserSeenAt = performance.now()));
    const left = opened.grantSecondsLeft;
    if (left !== null) this.#timers.push(setTimeout(() => this.#end("grant_over"), Math.max(0, left * 1000)));
    // Sessions that began together do not ask together.
    const recheckMs = recheckSeconds * 1000 * (0.9 + 0.1 * Math.random());
    this.#timers.push(setInterval(() => void this.recheck(), recheckMs));
    this.#timers.push(setInterval(() => this.#ping(), pingMs));
  }

  follow(upstream: WebSocket): void {
    this.#upstream = upstream;
    this.#clusterSeenAt = performance.now();
    upstream.on("pong", () => (this.#clusterSeenAt = performance.now()));
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearInterval(timer);
  }

  sawBrowser(): void {
    this.#browserSeenAt = this.#movedAt = performance.now();
  }

  sawCluster(): void {
    this.#clusterSeenAt = this.#movedAt = performance.now();
  }

  sawInput(): void {
    this.#hasInput = true;
  }

  /** One recheck at a time; news that arrives meanwhile leads to another one. */
  recheck(): Promise<void> {
    this.#isRecheckDue = true;
    this.#rechecking ??= this.#recheckWhileDue().finally(() => (this.#rechecking = undefined));
    return this.#rechecking;
  }

  async #recheckWhileDue(): Promise<void> {
    while (this.#isRecheckDue && !this.#isStopped) {
      this.#isRecheckDue = false;
      await this.#recheckOnce();
    }
  }

  async #recheckOnce(): Promise<void> {
    const { ctx, cookie, opened } = this.#watched;
    const current = { ...ctx, now: new Date() };
    try {
      if (this.#hasInput) {
        this.#hasInput = false;
        if ((await checkSession(current, cookie)) === null) return this.#end("session_ended");
      }
      const ending = await recheckConsole(current, opened);
      this.#verifiedAt = performance.now();
      if (ending !== null) this.#end(ending);
    } catch (error) {
      logger("console").warn({ err: error, jti: opened.jti }, "a session could not be rechecked");
      if (performance.now() - this.#verifiedAt > unverifiedSecondsMax * 1000) this.#end("unverified");
    }
  }

  #ping(): void {
    const { browser } = this.#watched;
    const now = performance.now();
    if (now - this.#movedAt > idleMinutes * 60_000) return this.#end("idle");
    if (isSilent(browser, now - this.#browserSeenAt)) return this.#end("closed");
    if (this.#upstream && isSilent(this.#upstream, now - this.#clusterSeenAt))
      return this.#end("cluster_lost");
    if (browser.readyState === browser.OPEN) browser.ping();
    if (this.#upstream?.readyState === this.#upstream?.OPEN) this.#upstream?.ping();
  }
}

/** Whoever is not read, because the other side is slow, cannot be heard. */
function isSilent(socket: WebSocket, forMs: number): boolean {
  return forMs > silentMs && !socket.isPaused;
}
