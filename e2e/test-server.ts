import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { removeEmbeddedData, startEmbeddedPostgres } from "@/prisma/embedded";
import { migrate } from "@/prisma/migrate";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    templateDatabase: string;
  }
}

const TEMPLATE = "shepherd_template";

/** One throwaway server for the whole run, with one migrated and seeded database to clone. */
export default async function startTestServer(project: TestProject) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-test-"));
  fs.chmodSync(folder, 0o755);
  const directory = path.join(folder, "postgres");
  const server = await startEmbeddedPostgres({ directory, database: TEMPLATE, isDurable: false });
  const stop = async () => {
    await server.stop();
    removeEmbeddedData(directory);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrate(server.url);
    seed(server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("serverUrl", server.url);
  project.provide("templateDatabase", TEMPLATE);
  return stop;
}

function seed(url: string) {
  const env = { ...process.env, DATABASE_URL: url, NODE_ENV: "test" as const };
  execFileSync(process.execPath, ["--import", "tsx", "prisma/seed.ts"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
