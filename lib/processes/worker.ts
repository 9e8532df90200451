import { closeConnections } from "@/lib/core/close-connections";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { workerId } from "@/lib/core/worker-identity";
import { serveHealth } from "./health";
import { onShutdown } from "./shutdown";
import { startWorker } from "./start-worker";

const health = await serveHealth("worker", env().WORKER_HEALTH_PORT);
const worker = await startWorker();
logger("worker").info({ workerId }, "worker is ready");

onShutdown(async () => {
  await worker.stop();
  await health.close();
  await closeConnections();
});
