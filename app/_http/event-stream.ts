import { isDeepStrictEqual } from "node:util";
import { isWanted, type Interest } from "@/lib/access/interests/rules";
import { readReach, seesChange, type Reach } from "@/lib/access/read-reach";
import {
  changesAfter,
  changesSince,
  currentPosition,
  listenForChanges,
  type Change,
  type Remembered,
} from "@/lib/core/changes";
import { logger } from "@/lib/core/logger";
import { meters } from "@/lib/core/metrics";
import { isSessionLive } from "@/lib/identity/check-session";
import type { PersonContext } from "./current-context";

const beatMs = 5_000;
/** Roles are read anew at every third beat. */
const beatsPerReading = 3;
/** A reader this far behind is cut off; its page connects again and reads everything. */
const unreadMax = 256;
/** So many changes at once are one reading of everything. */
const missedMax = 100;
/** The page may have been read by another process than the one that listens for it. */
const clockSkewMs = 500;

export interface Following {
  /** When the page was read that listens now: what happened in between is told at once. */
  readAtMs?: number | null;
  /** The position of the last news that arrived: what came after it is told, or to read again. */
  lastPosition?: string | null;
  /** What the page shows; null for everything its reader may see. */
  interests?: readonly Interest[] | null;
}

/**
 * News for one person until their session ends: `change` {kind, id} for what they may see and the page shows, `beat`
 * while nothing happens, `resync` when something may have been missed or their roles have changed, `end` when the session
 * is over. Every event's id is a position to go on from.
 */
export function openEventStream(
  ctx: PersonContext,
  signal: AbortSignal,
  following: Following = {},
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  return new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const reach = await readReach(ctx);
      const gone = AbortSignal.any([signal, left.signal]);
      // Whoever left while this was read must not leave a listener behind.
      if (!gone.aborted) new NewsStream(ctx, controller, { reach, following }).open(gone);
    },
    cancel: () => left.abort(),
  });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

class NewsStream {
  readonly #ctx: PersonContext;
  readonly #controller: Controller;
  readonly #following: Following;
  #reach: Reach;
  #beats = 0;
  #isOpen = true;
  #stopListening: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ctx: PersonContext, controller: Controller, about: { reach: Reach; following: Following }) {
    this.#ctx = ctx;
    this.#controller = controller;
    this.#reach = about.reach;
    this.#following = about.following;
  }

  open(signal: AbortSignal): void {
    const { readAtMs = null, lastPosition = null } = this.#following;
    this.#timer = setInterval(() => void this.#beat().catch(complain), beatMs);
    this.#stopListening = listenForChanges(
      (change, position) => this.#tell(change, position),
      () => this.#send("resync", {}),
    );
    meters().streams.inc();
    if (lastPosition !== null) this.#tellMissed(changesAfter(lastPosition));
    else if (readAtMs !== null) this.#tellMissed(changesSince(readAtMs - clockSkewMs));
    // Its position is the newest, so it comes after what came before it.
    this.#send("beat", { at: new Date().toISOString() });
    signal.addEventListener("abort", () => this.#close(), { once: true });
  }

  #tellMissed(missed: Remembered[] | null): void {
    const told = missed?.filter(({ change }) => this.#concerns(change));
    if (told === undefined || told.length > missedMax) return this.#send("resync", {});
    for (const { change, position } of told) this.#tell(change, position);
  }

  #tell(change: Change, position: string): void {
    const { kind, id, isNew } = change;
    if (kind === "session" && id === this.#ctx.actor.sessionId) return this.#end();
    if (kind === "access" && change.userId === this.#ctx.actor.id)
      return void this.#readAgain().catch(complain);
    if (this.#concerns(change))
      this.#send("change", { kind, id, ...(isNew === true ? { isNew } : {}) }, position);
  }

  /** What ends the session or changes its rights concerns the stream itself. */
  #concerns(change: Change): boolean {
    const { kind, id, userId } = change;
    if (kind === "session" && id === this.#ctx.actor.sessionId) return true;
    if (kind === "access" && userId === this.#ctx.actor.id) return true;
    return isWanted(this.#following.interests ?? null, change) && seesChange(this.#reach, change);
  }

  async #beat(): Promise<void> {
    if (!(await isSessionLive(this.#ctx))) return this.#end();
    this.#beats += 1;
    if (this.#beats % beatsPerReading !== 0) return;
    await this.#readAgain();
    this.#send("beat", { at: new Date().toISOString() });
  }

  async #readAgain(): Promise<void> {
    const before = this.#reach;
    this.#reach = await readReach(this.#ctx);
    // The open page shows what its reader might see before, or lacks what they may see by now.
    if (!isDeepStrictEqual(before, this.#reach)) this.#send("resync", {});
  }

  #send(event: string, facts: object, position = currentPosition()): void {
    if (!this.#isOpen) return;
    if ((this.#controller.desiredSize ?? 0) < -unreadMax) return this.#close();
    this.#controller.enqueue(encode(event, facts, position));
  }

  #end(): void {
    this.#send("end", {});
    this.#close();
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    meters().streams.dec();
    this.#stopListening();
    clearInterval(this.#timer);
    try {
      this.#controller.close();
    } catch (error) {
      // The reader has gone already; there is nothing left to close.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

/** While the database is away nothing can be checked and nothing changes; the next beat asks again. */
function complain(error: unknown): void {
  logger("stream").debug({ err: error }, "a beat failed");
}

const encoder = new TextEncoder();

function encode(event: string, facts: object, position: string): Uint8Array {
  return encoder.encode(`id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(facts)}\n\n`);
}
