import { Client } from "pg";
import { z } from "zod";
import { newsKinds } from "@/lib/vocabulary/news-kinds";
import { sessionDatabaseUrl } from "./env";
import { newId } from "./ids";
import { logger } from "./logger";

/** What a trigger announces after a commit: ids only, never contents. */
const change = z.object({
  kind: z.enum(newsKinds),
  id: z.string(),
  systemId: z.string().nullish(),
  userId: z.string().nullish(),
  /** The object has just been made. */
  isNew: z.boolean().nullish(),
});
export type Change = z.output<typeof change>;

const channel = "shepherd_changes";
const reconnectMs = 1_000;

type Listener = (change: Change, position: string) => void;

/** How long what was announced is remembered, for a page that began to listen a moment after it was read. */
const rememberedMs = 30_000;
const rememberedMax = 2_000;

export interface Remembered {
  /** Its place in what this process heard, such as `k3…-17`; a place of another process means nothing here. */
  position: string;
  change: Change;
}

interface Hub {
  /** This process's name in positions. */
  epoch: string;
  /** How many changes it has heard. */
  heard: number;
  /** Since when, and since which number, nothing was missed; null while nobody listens to the database. */
  completeSince: number | null;
  completeFrom: number;
  recent: { at: number; number: number; change: Change }[];
  listeners: Set<Listener>;
  lostListeners: Set<() => void>;
  connecting: boolean;
  client: Client | undefined;
}

/** One connection per process, however many pages and questions wait on it. */
const shared = globalThis as typeof globalThis & { shepherdChanges?: Hub };

function hub(): Hub {
  shared.shepherdChanges ??= {
    epoch: newId().replaceAll("-", ""),
    heard: 0,
    completeSince: null,
    completeFrom: 0,
    recent: [],
    listeners: new Set(),
    lostListeners: new Set(),
    connecting: false,
    client: undefined,
  };
  return shared.shepherdChanges;
}

/**
 * Calls back for every committed change until the returned function is called.
 * @param onLost changes may have been missed: read again
 */
export function listenForChanges(onChange: Listener, onLost: () => void = () => undefined): () => void {
  const { listeners, lostListeners } = hub();
  listeners.add(onChange);
  lostListeners.add(onLost);
  connect();
  return () => {
    listeners.delete(onChange);
    lostListeners.delete(onLost);
  };
}

export async function closeChanges(): Promise<void> {
  const { client, listeners, lostListeners } = hub();
  hub().completeSince = null;
  listeners.clear();
  lostListeners.clear();
  hub().client = undefined;
  await client?.end();
}

function connect(): void {
  const state = hub();
  if (state.client !== undefined || state.connecting) return;
  state.connecting = true;
  const client = new Client({ connectionString: sessionDatabaseUrl(), keepAlive: true });
  const lose = (error?: Error) => loseConnection(client, error);
  client.on("error", lose);
  client.on("end", () => lose());
  client.on("notification", ({ payload }) => spread(payload));
  client
    .connect()
    .then(() => client.query(`LISTEN ${channel}`))
    .then(() => {
      state.connecting = false;
      state.client = client;
      state.completeSince = Date.now();
      // What was missed has places too: whoever stopped before them has to read again.
      state.heard += 1;
      state.completeFrom = state.heard;
      state.recent = [];
      // Whatever was announced while nobody listened is lost, so everybody reads again.
      for (const onLost of state.lostListeners) onLost();
    })
    .catch((error: unknown) => lose(error instanceof Error ? error : new Error(String(error))));
}

const lostClients = new WeakSet<Client>();

function loseConnection(client: Client, error?: Error): void {
  if (lostClients.has(client)) return;
  lostClients.add(client);
  const state = hub();
  state.connecting = false;
  state.completeSince = null;
  if (state.client === client) state.client = undefined;
  client.end().catch(() => undefined);
  if (state.listeners.size === 0) return;
  logger("changes").warn({ err: error }, "listening connection lost");
  setTimeout(connect, reconnectMs).unref();
}

function spread(payload: string | undefined): void {
  const parsed = change.safeParse(JSON.parse(payload ?? "null"));
  if (!parsed.success) return;
  const position = remember(parsed.data);
  for (const listener of hub().listeners) tell(listener, parsed.data, position);
}

/** @returns its position */
function remember(news: Change): string {
  const state = hub();
  const now = Date.now();
  state.heard += 1;
  state.recent.push({ at: now, number: state.heard, change: news });
  const tooMany = state.recent.length - rememberedMax;
  // In their order, so that hearing one costs no look at all the others.
  const kept = state.recent.findIndex(({ at }, index) => index >= tooMany && now - at <= rememberedMs);
  if (kept > 0) {
    state.recent.splice(0, kept);
    // Whatever was let go is not known any more.
    state.completeSince = Math.max(state.completeSince ?? now, state.recent[0]?.at ?? now);
    state.completeFrom = (state.recent[0]?.number ?? state.heard + 1) - 1;
  }
  return positionOf(state.heard);
}

function positionOf(number: number): string {
  return `${hub().epoch}-${number}`;
}

/** The place of the newest change this process has heard. */
export function currentPosition(): string {
  return positionOf(hub().heard);
}

/** What was announced since then, in milliseconds of this machine's clock; null where something may be missing. */
export function changesSince(sinceMs: number): Remembered[] | null {
  const { completeSince, recent } = hub();
  if (completeSince === null || completeSince > sinceMs) return null;
  return recent.filter(({ at }) => at >= sinceMs).map(asRemembered);
}

/** What was announced after that position; null where it is another process's, or something may be missing. */
export function changesAfter(position: string): Remembered[] | null {
  const { epoch, heard, completeSince, completeFrom, recent } = hub();
  const [, told, digits] = /^([0-9a-z]{1,64})-(\d{1,15})$/.exec(position) ?? [];
  const number = Number(digits);
  if (completeSince === null || told !== epoch || number > heard || number < completeFrom) return null;
  return recent.filter((one) => one.number > number).map(asRemembered);
}

function asRemembered({ number, change: news }: { number: number; change: Change }): Remembered {
  return { position: positionOf(number), change: news };
}

/** One page's trouble must not keep the news from the others. */
function tell(listener: Listener, news: Change, position: string): void {
  try {
    listener(news, position);
  } catch (error) {
    logger("changes").error({ err: error }, "a listener failed");
  }
}
