import type { Progress, ReadyNews } from "./announce";
import { buildIfStale } from "./build";
import { type Child, type ChildSpec, startChild } from "./child-process";
import { choosePorts } from "./choose-ports";
import { layOut } from "./data-folder";
import { prepareDemo } from "./demo-accounts";
import { keepDatabaseRunning, prepareDatabase } from "./prepare-database";
import { prepareDirectory } from "./prepare-directory";
import { describeDirectory, describeLab, describeProcess, localAddress, type Setting } from "./programs";
import type { UpOptions } from "./read-options";
import { type Supervised, supervise, type Watcher } from "./supervise";
import { waitUntilReady } from "./wait-until-ready";

export interface Run {
  options: UpOptions;
  progress: Progress;
  stop: AbortController;
  programs: Supervised[];
  database: Supervised | undefined;
}

type LabNews = Record<string, unknown>;
type Place = Pick<Setting, "options" | "data" | "ports">;

/** Build, database and lab at once; then the product's processes; then the demo through them. */
export async function startEverything(run: Run): Promise<ReadyNews> {
  const { options } = run;
  const data = layOut(options.folder);
  const { ports, notes } = await choosePorts(options, data);
  const [database, lab, directory] = await allOrFirstFailure([
    startDatabase(run, data, ports.postgres),
    startLab(run, { options, data, ports }),
    options.withDirectory ? startDirectory(run, { options, data, ports }) : undefined,
    options.isDevelopment ? undefined : build(run.progress, `${data.logs}/build.log`),
  ]);
  const setting: Setting = { options, data, ports, database };
  for (const name of ["worker", "console", "web"] as const) {
    const spec = withEcho(options, describeProcess(name, setting));
    startSupervised(run, name, () => startChild(spec), watch(run));
  }
  const [accounts] = await allOrFirstFailure([
    prepareDemo(setting),
    waitUntilReady(localAddress(options, ports), run.stop.signal),
  ]);
  // The servers read the portal's own metadata, so it answers by now.
  const signIn = directory && (await prepareDirectory(setting, directory));
  if (signIn) run.progress.step("The portal and the directory lab's servers know each other.");
  const pids = Object.fromEntries(run.programs.map((program) => [program.name, program.pid()]));
  return {
    setting,
    accounts: [...accounts, ...(signIn?.accounts ?? [])],
    lab,
    directory,
    notes: [...notes, ...database.notes, ...labNotes(lab), ...(signIn?.notes ?? [])],
    pids,
  };
}

/** What others depend on ends last. */
export async function endEverything(run: Run): Promise<void> {
  await Promise.all(run.programs.map((program) => program.end()));
  await run.database?.end();
}

async function build(progress: Progress, logFile: string) {
  const begin = () => progress.step("Building for production (once per change of the sources) …");
  if (await buildIfStale(logFile, begin)) progress.step("Built.");
}

async function startDatabase(run: Run, data: Setting["data"], port: number) {
  const database = await prepareDatabase(data, port);
  if (database.server) run.database = keepDatabaseRunning(database.server, data, watch(run));
  run.progress.step(`${database.description}: migrated and seeded.`);
  return database;
}

async function startLab(run: Run, place: Place): Promise<LabNews> {
  const news = await startTelling(run, (onLine) => describeLab(place, onLine));
  run.progress.step(`A pretend cluster listens at ${String(news["url"])}.`);
  return news;
}

async function startDirectory(run: Run, place: Place): Promise<LabNews> {
  const news = await startTelling(run, (onLine) => describeDirectory(place, onLine));
  run.progress.step("A directory with OIDC, SAML and LDAP servers listens.");
  return news;
}

/** A part of the lab says on a line of its own where it listens. */
function startTelling(run: Run, describe: (onLine: (line: string) => void) => ChildSpec): Promise<LabNews> {
  return new Promise((resolve, reject) => {
    const onLine = (line: string) => {
      const news = readReadyLine(line);
      if (news) resolve(news);
    };
    const spec = withEcho(run.options, describe(onLine));
    const { onCrash, onGiveUp } = watch(run);
    const giveUp = (text: string) => {
      onGiveUp(text);
      reject(new Error(text));
    };
    startSupervised(run, spec.name, () => startChild(spec), { onCrash, onGiveUp: giveUp });
  });
}

function readReadyLine(line: string): LabNews | undefined {
  if (!line.startsWith("{") || !line.includes('"ready"')) return undefined;
  // The labs document this line as one JSON object.
  return JSON.parse(line) as LabNews;
}

function labNotes(lab: LabNews): string[] {
  if (typeof lab["note"] === "string") return [lab["note"]];
  if (lab["guests"] === "qemu") return [];
  return [
    "The pretend machines show a drawn screen; where QEMU is installed, npm run up -- --qemu boots real guests.",
  ];
}

function startSupervised(run: Run, name: string, start: () => Child, watcher: Watcher) {
  // A start that was under way when everything began to end.
  if (run.stop.signal.aborted) throw new Error("stopped while starting");
  run.programs.push(supervise({ name, first: start(), start, ...watcher }));
}

function watch(run: Run): Watcher {
  return {
    onCrash: (text) => run.progress.trouble(text),
    onGiveUp: (text) => run.stop.abort(new Error(text)),
  };
}

function withEcho(options: UpOptions, spec: ChildSpec): ChildSpec {
  if (!options.isVerbose) return spec;
  const onLine = (line: string) => {
    process.stderr.write(`[${spec.name}] ${line}\n`);
    spec.onLine?.(line);
  };
  return { ...spec, onLine };
}

/** Waits for all of them, so that nothing starts behind the back of the ending that a failure begins. */
async function allOrFirstFailure<const Work extends readonly unknown[]>(work: Work) {
  await Promise.allSettled(work);
  return Promise.all(work);
}
