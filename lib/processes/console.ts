import { closeConnections } from "@/lib/core/close-connections";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { workerId } from "@/lib/core/worker-identity";
import { serveRecordings } from "./console/recording/serve-recordings";
import { startConsoleProxy } from "./console/start-proxy";
import { onShutdown } from "./shutdown";
import { startUploads } from "./uploads/start-uploads";

const loopback = /^(127\.|localhost$|\[::1\]$)/;

/** Where web finds it on this machine nobody else need reach it. */
const isLocal = loopback.test(new URL(env().CONSOLE_URL).hostname);
const uploads = await startUploads(workerId);
const recordings = await serveRecordings();
const proxy = await startConsoleProxy({
  host: isLocal ? "127.0.0.1" : env().HOST,
  port: env().CONSOLE_PORT,
  proxyId: workerId,
  uploadsUrl: `http://127.0.0.1:${uploads.port}`,
  recordingsUrl: `http://127.0.0.1:${recordings.port}`,
});
logger("console").info({ port: proxy.port }, "console is ready");

onShutdown(async () => {
  await uploads.stop();
  await recordings.stop();
  await proxy.stop();
  await closeConnections();
});
