import { z } from "zod";
import { builtProcess } from "./built-processes";
import { startChild, type Child } from "./child-process";

export interface WorkerProcess extends Child {
  workerId: string;
}

const readyLine = z.looseObject({ workerId: z.string() });

/** A real worker on this process's database; resolves when it has said that it is ready. */
export async function startWorkerProcess(
  databaseUrl = process.env["DATABASE_URL"] ?? "",
): Promise<WorkerProcess> {
  const child = startChild(await builtProcess("worker"), [], {
    DATABASE_URL: databaseUrl,
    WORKER_HEALTH_PORT: "0",
    LOG_LEVEL: "info",
  });
  const { workerId } = readyLine.parse(JSON.parse(await child.lineMatching(/"worker is ready"/)));
  return { ...child, workerId };
}
