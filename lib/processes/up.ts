import path from "node:path";
import {
  announceToPeople,
  announceToPrograms,
  describeForPrograms,
  openProgress,
  type ReadyNews,
} from "./up/announce";
import { claimFolder, layOut, releaseFolder, writePrivate } from "./up/data-folder";
import { readOptions, type UpOptions, usage, UsageError } from "./up/read-options";
import { endEverything, type Run, startEverything } from "./up/start-everything";

const root = path.resolve(import.meta.dirname, "../..");

await main();

/** The one command: everything Shepherd needs, started, watched and ended together. */
async function main() {
  process.chdir(root);
  const options = readOptionsOrExit();
  const data = layOut(options.folder);
  try {
    claimFolder(data, options.isFresh);
  } catch (error) {
    exitWith(1, describe(error));
  }
  const exitCode = await runUntilStopped(options);
  releaseFolder(data);
  process.exit(exitCode);
}

async function runUntilStopped(options: UpOptions): Promise<number> {
  const progress = openProgress(options.asJson);
  const run: Run = { options, progress, stop: new AbortController(), programs: [], database: undefined };
  const stopped = waitForStop(run.stop);
  let exitCode = 0;
  try {
    const news = await Promise.race([startEverything(run), stopped]);
    if (news) announce(news);
    await stopped;
  } catch (error) {
    exitCode = 1;
    progress.trouble(describe(error));
    run.stop.abort();
  }
  progress.step("Stopping …");
  await endEverything(run);
  progress.step("Stopped.");
  return exitCode;
}

function announce(news: ReadyNews) {
  const { options, data } = news.setting;
  writePrivate(data.news, describeForPrograms(news));
  if (options.asJson) announceToPrograms(news);
  else announceToPeople(news);
}

/** Resolves when somebody asks us to stop, rejects when a process cannot be kept running. */
function waitForStop(stop: AbortController): Promise<undefined> {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      // Whoever asks twice does not want to wait; what still runs notices that we are gone.
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  }
  return new Promise((resolve, reject) => {
    stop.signal.addEventListener("abort", () => {
      const reason: unknown = stop.signal.reason;
      if (reason instanceof Error && reason.name !== "AbortError") reject(reason);
      else resolve(undefined);
    });
  });
}

function readOptionsOrExit(): UpOptions {
  const words = process.argv.slice(2);
  if (words.includes("--help") || words.includes("-h")) exitWith(0, usage);
  try {
    return readOptions(words, root);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return exitWith(2, `${error.message}\n\n${usage}`);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function exitWith(code: number, text: string): never {
  (code ? process.stderr : process.stdout).write(`${text}\n`);
  process.exit(code);
}
