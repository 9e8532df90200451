import { once } from "node:events";
import http from "node:http";
import { logger } from "@/lib/core/logger";
import { workerId } from "@/lib/core/worker-identity";
import { markAlive, markGone } from "@/lib/settings/mark-alive";

const beatMs = 10_000;
/** Three beats missed: whoever routes work here should stop. */
const silentMs = 3 * beatMs;

export interface Health {
  close(): Promise<void>;
}

/** Beats in the database while the process runs, and answers /health/live and /health/ready on its own port. */
export async function serveHealth(part: string, port: number): Promise<Health> {
  let lastBeat = 0;
  const beat = async () => {
    try {
      await markAlive(part, workerId);
      lastBeat = Date.now();
    } catch (error) {
      logger(part).warn({ err: error }, "the heartbeat could not be written");
    }
  };
  const server = http.createServer((request, response) => {
    const isReady = Date.now() - lastBeat < silentMs;
    const isFine = request.url === "/health/live" || (request.url === "/health/ready" && isReady);
    response.writeHead(isFine ? 200 : 503, {
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    response.end(JSON.stringify({ status: isFine ? "ok" : "unavailable", process: part }));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  await beat();
  const timer = setInterval(() => void beat(), beatMs);
  return {
    close: async () => {
      clearInterval(timer);
      server.close();
      await markGone(workerId);
    },
  };
}
