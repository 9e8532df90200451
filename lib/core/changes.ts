import { Client } from "pg";
import { z } from "zod";
import { sessionDatabaseUrl } from "./env";
import { logger } from "./logger";

/** What a trigger announces after a commit: ids only, never contents. */
const change = z.object({
  kind: z.enum([
    "vm",
    "ticket",
    "batch",
    "notification",
    "cluster",
    "answer",
    "session",
    "console",
    "access",
    "upload",
    "adoption",
    "catalogue",
  ]),
  id: z.string(),
  systemId: z.string().nullish(),
  userId: z.string().nullish(),
});
export type Change = z.output<typeof change>;

const channel = "shepherd_changes";
const reconnectMs = 1_000;

type Listener = (change: Change) => void;

/** How long what was announced is remembered, for a page that began to listen a moment after it was read. */
const rememberedMs = 30_000;
const rememberedMax = 2_000;

interface Hub {
  /** Since when nothing was missed; null while nobody listens to the database. */
  completeSince: number | null;
  recent: { at: number; change: Change }[];
  listeners: Set<Listener>;
  lostListeners: Set<() => void>;
  connecting: boolean;
  client: Client | undefined;
}

/** One connection per process, however many pages and questions wait on it. */
const shared = globalThis as typeof globalThis & { shepherdChanges?: Hub };

function hub(): Hub {
  shared.shepherdChanges ??= {
    completeSince: null,
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
  remember(parsed.data);
  for (const listener of hub().listeners) tell(listener, parsed.data);
}

function remember(news: Change): void {
  const state = hub();
  const now = Date.now();
  state.recent.push({ at: now, change: news });
  const first = state.recent[0];
  if (first !== undefined && (now - first.at > rememberedMs || state.recent.length > rememberedMax)) {
    state.recent = state.recent.filter(({ at }) => now - at <= rememberedMs).slice(-rememberedMax);
    // Whatever was let go is not known any more.
    state.completeSince = Math.max(state.completeSince ?? now, state.recent[0]?.at ?? now);
  }
}

/** What was announced since then, in milliseconds of this machine's clock; null where something may be missing. */
export function changesSince(sinceMs: number): Change[] | null {
  const { completeSince, recent } = hub();
  if (completeSince === null || completeSince > sinceMs) return null;
  return recent.filter(({ at }) => at >= sinceMs).map(({ change: news }) => news);
}

/** One page's trouble must not keep the news from the others. */
function tell(listener: Listener, news: Change): void {
  try {
    listener(news);
  } catch (error) {
    logger("changes").error({ err: error }, "a listener failed");
  }
}
