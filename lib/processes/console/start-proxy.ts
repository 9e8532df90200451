import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { recordTraffic } from "@/lib/console/record-traffic";
import { env, publicBaseUrl } from "@/lib/core/env";
import { assertNever } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { admitBrowser, type House } from "./admit-browser";
import { startHeartbeat } from "./heartbeat";
import { OpenSessions } from "./open-sessions";
import { ownAddress } from "./own-address";
import { keepRecordings } from "./recording/keep-recordings";
import type { FromRelay, RelayOptions, RelayStart, SessionTraffic, ToRelay } from "./relay-messages";

export interface ConsoleProxy {
  port: number;
  sessionCount(): number;
  stop(): Promise<void>;
}

/** The process that carries consoles: one thread passes the bytes on, this one decides who may and for how long. */
export async function startConsoleProxy(options: {
  host: string;
  port: number;
  proxyId: string;
  uploadsUrl?: string;
  recordingsUrl?: string;
}): Promise<ConsoleProxy> {
  const { host, port, proxyId, uploadsUrl = null, recordingsUrl = null } = options;
  const publicOrigin = env().PUBLIC_BASE_URL === undefined ? null : publicBaseUrl().origin;
  const sessions = new OpenSessions();
  const recordings = await keepRecordings(proxyId);
  const { thread, wire } = startRelay({ host, port, publicOrigin, uploadsUrl, recordingsUrl });
  const tell = (message: ToRelay) => wire.postMessage(message);
  const house: House = { sessions, recordings, clusters: new Map(), proxyId, tell };
  const listening = Promise.withResolvers<number>();
  wire.on("message", (message: FromRelay) => {
    if (message.kind === "listening") listening.resolve(message.port);
    else hear(message, house);
  });
  const lost = (error: unknown) => listening.reject(error);
  thread.once("error", lost);
  const listeningPort = await listening.promise;
  const instance = { proxyId, address: ownAddress(host, listeningPort) };
  const stopHeartbeat = await startHeartbeat(instance, (isReady) => tell({ kind: "beat", isReady }));
  thread.off("error", lost);

  const stop = async () => {
    logger("console").info({ sessions: sessions.count }, "draining");
    tell({ kind: "stop" });
    await sessions.endAll();
    await recordings.stop();
    await stopHeartbeat();
    wire.close();
    await thread.terminate();
    closeClusterConnections();
  };
  return { port: listeningPort, sessionCount: () => sessions.count, stop };
}

type Heard = Exclude<FromRelay, { kind: "listening" }>;

function hear(message: Heard, house: House) {
  if (message.kind === "traffic") return void note(message.sessions, house);
  if (message.kind === "recorded") return void house.recordings.hear(message.report);
  const session = house.sessions.get(message.id);
  switch (message.kind) {
    case "asked":
      return void admitBrowser(message, house);
    case "failed":
      return logger("console").warn({ ...session?.subjects, reason: message.reason }, "no console stream");
    case "hungUp":
      return void session?.explainHangUp();
    case "used":
      return session?.noteUse();
    case "ended":
      return void session?.close(message).finally(() => house.sessions.remove(message.id));
    default:
      return assertNever(message);
  }
}

async function note(sessions: SessionTraffic[], house: House): Promise<void> {
  const traffic = sessions.flatMap(({ id, bytesSent, bytesReceived }) => {
    const jti = house.sessions.get(id)?.subjects.console;
    return jti === undefined ? [] : [{ jti, bytesSent, bytesReceived }];
  });
  await recordTraffic(traffic).catch((error: unknown) =>
    logger("console").warn({ err: error }, "what sessions carry could not be noted"),
  );
}

/** As built, the thread's file stands beside the process's; from the sources it is read through the same loader. */
function startRelay(options: RelayOptions): { thread: Worker; wire: MessagePort } {
  const isBuilt = import.meta.url.endsWith(".mjs");
  const file = new URL(isBuilt ? "./console/relay-thread.mjs" : "./relay-thread.ts", import.meta.url);
  // The thread's own port also carries what a watching loader has to say, so this conversation has a wire to itself.
  const { port1, port2 } = new MessageChannel();
  // A failure of the thread that nobody listens for ends this process too, and whoever started it starts it again.
  const thread = new Worker(file, {
    workerData: { options, wire: port2 } satisfies RelayStart,
    transferList: [port2],
    execArgv: isBuilt ? [] : ["--import", "tsx"],
  });
  return { thread, wire: port1 };
}
