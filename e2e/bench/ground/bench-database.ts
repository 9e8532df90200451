import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeEmbeddedData, startEmbeddedPostgres } from "@/prisma/embedded";
import { migrate } from "@/prisma/migrate";

export interface BenchDatabase {
  url: string;
  stop(): Promise<void>;
}

/** A durable server with one seeded database, made for this run; the product in this process uses it from now on. */
export async function startBenchDatabase(onLog?: (text: string) => void): Promise<BenchDatabase> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-bench-"));
  fs.chmodSync(folder, 0o755);
  const directory = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ directory, ...(onLog === undefined ? {} : { onLog }) });
  process.env["DATABASE_URL"] = server.url;
  process.env["LOG_LEVEL"] ??= "error";
  await migrate(server.url);
  execFileSync(process.execPath, ["--import", "tsx", "prisma/seed.ts"], { stdio: ["ignore", "ignore", "inherit"] });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      removeEmbeddedData(directory);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
