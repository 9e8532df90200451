import { logger } from "@/lib/core/logger";

const graceMs = 30_000;

/** Stops once, on SIGTERM or SIGINT, and then ends the process; a second signal ends it at once. */
export function onShutdown(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = (signal: string) => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger("process").info({ signal }, "stopping");
    setTimeout(() => process.exit(1), graceMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger("process").error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => begin("SIGTERM"));
  process.on("SIGINT", () => begin("SIGINT"));
}
