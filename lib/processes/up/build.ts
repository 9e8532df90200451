import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build as bundle } from "esbuild";
import { startChild } from "./child-process";
import { readJson } from "./data-folder";
import { takeTurn } from "./take-turn";

const ENTRIES = ["web", "worker", "console"] as const;
/** Runs in a thread of the console process, which expects its file here. */
const THREADS = ["console/relay-thread"];
const SOURCES = ["app", "components", "lib", "prisma", "public", "package-lock.json", "tsconfig.json"];
const CONFIGURATION = ["next.config.js", "postcss.config.mjs", "tailwind.config.ts"];
const NOT_BUILT = /\.test\.tsx?$|^prisma\/(generated|migrations)\//;
const stampFile = "dist/build.json";
const lockFile = "dist/build.pid";

/** The program of a process, as built. */
export const builtProgram = (name: (typeof ENTRIES)[number]) => `dist/processes/${name}.mjs`;

/** Builds for production unless what stands there was built from the same sources; answers whether it had to. */
export async function buildIfStale(logFile: string, onBegin: () => void): Promise<boolean> {
  const wanted = hashSources();
  fs.mkdirSync("dist", { recursive: true });
  while (!isBuilt(wanted)) {
    if (!takeTurn(lockFile)) {
      await sleep(500);
      continue;
    }
    onBegin();
    try {
      await Promise.all([buildPages(logFile), bundleProcesses("dist/processes")]);
      fs.writeFileSync(stampFile, JSON.stringify({ sources: wanted, pages: readBuildId() }));
    } finally {
      fs.rmSync(lockFile, { force: true });
    }
    return true;
  }
  return false;
}

function isBuilt(wanted: string): boolean {
  const stamp = readJson(stampFile);
  if (typeof stamp !== "object" || !stamp || !("sources" in stamp) || !("pages" in stamp)) return false;
  return stamp.sources === wanted && stamp.pages === readBuildId();
}

// Somebody may have built the pages by hand since; the identifier tells.
function readBuildId(): string {
  const file = ".next/BUILD_ID";
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "none";
}

function hashSources(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...SOURCES, ...CONFIGURATION].flatMap(listFiles).sort()) {
    if (!NOT_BUILT.test(file)) hash.update(file).update(fs.readFileSync(file));
  }
  return hash.digest("hex");
}

function listFiles(place: string): string[] {
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [place];
  return fs.readdirSync(place).flatMap((name) => listFiles(path.join(place, name)));
}

async function buildPages(logFile: string) {
  const environment = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const words = ["node_modules/next/dist/bin/next", "build"];
  let said = "";
  const onLine = (line: string) => (said = `${said}${line}\n`.slice(-6000));
  const child = startChild({ name: "build", arguments: words, environment, logFile, onLine });
  const endWithUs = () => void child.end();
  process.once("exit", endWithUs);
  const ending = await child.exited;
  process.off("exit", endWithUs);
  if (ending !== "code 0") throw new Error(`next build failed (${ending}):\n${said}`);
}

/** Each process as one file of the folder. */
export async function bundleProcesses(folder: string): Promise<void> {
  await bundle({
    entryPoints: [...ENTRIES, ...THREADS].map((name) => `lib/processes/${name}.ts`),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    sourcemap: "linked",
    logLevel: "silent",
  });
}
