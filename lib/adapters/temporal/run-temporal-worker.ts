import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { LogEntry, WorkerOptions } from "@temporalio/worker";
import { logger } from "@/lib/core/logger";
import { closeClient, type TemporalServer } from "./connection";

export interface TemporalWork {
  /** The file that exports the workflows, from the product's root. */
  workflowsPath: string;
  activities: Record<string, (order: never) => Promise<unknown>>;
}

const tryAgainMs = 15_000;

/** Works on Temporal's orders until it is told to stop; while the server is away it is asked again and again. */
export async function runTemporalWorker(
  server: TemporalServer,
  work: TemporalWork,
  signal: AbortSignal,
): Promise<void> {
  const log = logger("temporal");
  while (!signal.aborted) {
    try {
      await workUntil(server, work, signal);
    } catch (error) {
      if (signal.aborted) break;
      log.warn({ err: error, address: server.address }, "Temporal is away");
      await pause(tryAgainMs, undefined, { signal }).catch(() => undefined);
    }
  }
  await closeClient();
}

async function workUntil(server: TemporalServer, work: TemporalWork, signal: AbortSignal): Promise<void> {
  const { DefaultLogger, NativeConnection, Runtime, Worker } = await import("@temporalio/worker");
  // Ending is the process's own affair, and one log is enough.
  if (!isInstalled) Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("WARN", writeLog) });
  isInstalled = true;
  const { address, tls, namespace, taskQueue } = server;
  const connection = await unlessAborted(NativeConnection.connect({ address, tls }), signal);
  try {
    const { workflowsPath, activities } = work;
    const worker = await Worker.create({
      ...{ connection, namespace, taskQueue, activities },
      workflowsPath: path.resolve(workflowsPath),
      bundlerOptions: { webpackConfigHook: resolveAlias },
      shutdownGraceTime: "10 seconds",
    });
    if (signal.aborted) return;
    signal.addEventListener("abort", () => worker.shutdown(), { once: true });
    logger("temporal").info({ address, namespace, taskQueue }, "works on Temporal's orders");
    await worker.run();
  } finally {
    await connection.close();
  }
}

/** A server that does not answer keeps nobody from ending. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const refuse = () => reject(new Error("ended before Temporal answered"));
  signal.addEventListener("abort", refuse, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", refuse);
  }
}

let isInstalled = false;

function writeLog({ level, message, meta }: LogEntry): void {
  const log = logger("temporal");
  if (level === "ERROR") log.error({ ...meta }, message);
  else log.warn({ ...meta }, message);
}

type BundlerHook = NonNullable<NonNullable<WorkerOptions["bundlerOptions"]>["webpackConfigHook"]>;

/** The bundler of workflows knows the product's own way to name its files. */
export const resolveAlias: BundlerHook = (config) => ({
  ...config,
  resolve: { ...config.resolve, alias: { ...config.resolve?.alias, "@": path.resolve(".") } },
});
