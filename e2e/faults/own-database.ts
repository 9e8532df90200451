import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeEmbeddedData, startEmbeddedPostgres } from "@/prisma/embedded";
import { migrate } from "@/prisma/migrate";

export interface OwnDatabase {
  url: string;
  /** Goes down and comes back on the same port with the same data after so long. */
  restart(downMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** A durable server with one seeded database, made for this run; the product in this process uses it from now on. */
export async function startOwnDatabase(onLog?: (text: string) => void): Promise<OwnDatabase> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-own-"));
  fs.chmodSync(folder, 0o755);
  const directory = path.join(folder, "postgres");
  const options = { directory, ...(onLog === undefined ? {} : { onLog }) };
  let server = await startEmbeddedPostgres(options);
  const { url, port } = server;
  process.env["DATABASE_URL"] = url;
  process.env["LOG_LEVEL"] ??= "error";
  await migrate(url);
  execFileSync(process.execPath, ["--import", "tsx", "prisma/seed.ts"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return {
    url,
    restart: async (downMs) => {
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      server = await startEmbeddedPostgres({ ...options, port });
    },
    stop: async () => {
      await server.stop();
      removeEmbeddedData(directory);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
