import { isDeepStrictEqual } from "node:util";
import { readReach, seesChange } from "@/lib/access/read-reach";
import { changesSince, listenForChanges, type Change } from "@/lib/core/changes";
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

let lastId = Date.now();

/**
 * News for one person until their session ends: `change` {kind, id} for what they may see, `beat` while nothing happens,
 * `resync` when something may have been missed or their roles have changed, `end` when the session is over.
 * @param readAtMs when the page was read that listens now: what happened in between is told at once
 */
export function openEventStream(
  ctx: PersonContext,
  signal: AbortSignal,
  readAtMs: number | null = null,
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  return new ReadableStream<Uint8Array>({
    start: (controller) =>
      follow(ctx, controller, { signal: AbortSignal.any([signal, left.signal]), readAtMs }),
    cancel: () => left.abort(),
  });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

interface Listening {
  signal: AbortSignal;
  readAtMs: number | null;
}

async function follow(
  ctx: PersonContext,
  controller: Controller,
  { signal, readAtMs }: Listening,
): Promise<void> {
  let reach = await readReach(ctx);
  // Whoever left while this was read must not leave a listener behind.
  if (signal.aborted) return;
  let beats = 0;
  let isOpen = true;
  const send = (event: string, facts: object) => {
    if (!isOpen) return;
    if ((controller.desiredSize ?? 0) < -unreadMax) return close();
    controller.enqueue(encode(event, facts));
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    meters().streams.dec();
    stopListening();
    clearInterval(timer);
    try {
      controller.close();
    } catch (error) {
      // The reader has gone already; there is nothing left to close.
      if (!(error instanceof TypeError)) throw error;
    }
  };
  const beat = async () => {
    if (!(await isSessionLive(ctx))) return end();
    beats += 1;
    if (beats % beatsPerReading !== 0) return;
    await readAgain();
    send("beat", { at: new Date().toISOString() });
  };
  const readAgain = async () => {
    const before = reach;
    reach = await readReach(ctx);
    // The open page shows what its reader might see before, or lacks what they may see by now.
    if (!isDeepStrictEqual(before, reach)) send("resync", {});
  };
  const end = () => {
    send("end", {});
    close();
  };
  const tell = (change: Change) => {
    if (change.kind === "session" && change.id === ctx.actor.sessionId) return end();
    if (change.kind === "access" && change.userId === ctx.actor.id) return void readAgain().catch(complain);
    if (seesChange(reach, change)) send("change", { kind: change.kind, id: change.id });
  };
  const tellMissed = (missed: Change[] | null) => {
    if (missed === null || missed.length > missedMax) return send("resync", {});
    for (const change of missed) tell(change);
  };
  const timer = setInterval(() => void beat().catch(complain), beatMs);
  const stopListening = listenForChanges(tell, () => send("resync", {}));
  meters().streams.inc();
  send("beat", { at: new Date().toISOString() });
  if (readAtMs !== null) tellMissed(changesSince(readAtMs - clockSkewMs));
  signal.addEventListener("abort", close, { once: true });
}

/** While the database is away nothing can be checked and nothing changes; the next beat asks again. */
function complain(error: unknown): void {
  logger("stream").debug({ err: error }, "a beat failed");
}

const encoder = new TextEncoder();

function encode(event: string, facts: object): Uint8Array {
  lastId += 1;
  return encoder.encode(`id: ${lastId}\nevent: ${event}\ndata: ${JSON.stringify(facts)}\n\n`);
}
