import { closeConsole } from "@/lib/console/close-console";
import type { OpenedConsole } from "@/lib/console/open-console";
import { explainLoss } from "@/lib/console/queries";
import { recheckConsole } from "@/lib/console/recheck-console";
import { recheckSeconds, unverifiedSecondsMax, type ConsoleEnding } from "@/lib/console/rules";
import type { Context, Person } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { identifyCaller, type Credential } from "./identify-caller";

/** The portal learns a moment after the relay that a VM has stopped or somebody took over. */
const explainMs = [0, 300, 500, 700];
const closingRetriesMs = [0, 500, 1_000, 2_000, 5_000, 10_000];

export interface SessionParts {
  ctx: Context & { actor: Person };
  /** Using the console counts as using the portal; this is what is used. */
  credential: Credential;
  opened: OpenedConsole;
  /** Has the relay cut both sockets. */
  cut: (ending: ConsoleEnding) => void;
}

/** One person at one VM's console, as the database sees it: what the session rests on, and its record. */
export class ConsoleSession {
  readonly #parts: SessionParts;
  readonly #timers: NodeJS.Timeout[] = [];
  #isOver = false;
  #isUsed = false;
  #verifiedAt = performance.now();
  #rechecking: Promise<void> | undefined;
  #isRecheckDue = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const left = parts.opened.grantSecondsLeft;
    if (left !== null) this.#timers.push(setTimeout(() => parts.cut("grant_over"), Math.max(0, left * 1000)));
    // Sessions that began together do not ask together.
    const recheckMs = recheckSeconds * 1000 * (0.9 + 0.1 * Math.random());
    this.#timers.push(setInterval(() => this.recheck(), recheckMs));
  }

  /** Whose changes concern this session. */
  get subjects() {
    const { ctx, opened } = this.#parts;
    return { console: opened.jti, session: ctx.actor.sessionId, vm: opened.vm.id };
  }

  get userId(): string {
    return this.#parts.ctx.actor.id;
  }

  cut(ending: ConsoleEnding): void {
    this.#parts.cut(ending);
  }

  noteUse(): void {
    this.#isUsed = true;
  }

  /** Asks again now whether the session may go on; news that arrives meanwhile leads to another question. */
  recheck(): void {
    this.#isRecheckDue = true;
    this.#rechecking ??= this.#recheckWhileDue().finally(() => (this.#rechecking = undefined));
  }

  /** The cluster hangs up without a word; the portal's own rows say why, a moment later. */
  async explainHangUp(): Promise<void> {
    for (const ms of explainMs) {
      await delay(ms);
      if (this.#isOver) return;
      const ending = await explainLoss(this.#parts.ctx, this.#parts.opened.jti).catch(() => null);
      if (ending !== null) return this.cut(ending);
    }
    this.cut("cluster_lost");
  }

  /** The record of the end waits out a database that is away; what a dying process cannot write, another one does. */
  async close(ended: { ending: ConsoleEnding; bytesSent: number; bytesReceived: number }): Promise<void> {
    this.#isOver = true;
    for (const timer of this.#timers) clearInterval(timer);
    const { ctx, opened } = this.#parts;
    const { ending, bytesSent, bytesReceived } = ended;
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

  async #recheckWhileDue(): Promise<void> {
    while (this.#isRecheckDue && !this.#isOver) {
      this.#isRecheckDue = false;
      await this.#recheckOnce();
    }
  }

  async #recheckOnce(): Promise<void> {
    const { ctx, credential, opened } = this.#parts;
    const current = { ...ctx, now: new Date() };
    try {
      if (this.#isUsed) {
        this.#isUsed = false;
        if ((await identifyCaller(current, credential)) === null) return this.cut("session_ended");
      }
      const ending = await recheckConsole(current, opened);
      this.#verifiedAt = performance.now();
      if (ending !== null) this.cut(ending);
    } catch (error) {
      logger("console").warn({ err: error, jti: opened.jti }, "a session could not be rechecked");
      if (performance.now() - this.#verifiedAt > unverifiedSecondsMax * 1000) this.cut("unverified");
    }
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
