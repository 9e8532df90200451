import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import { type Account, type Binaries, chooseAccount, findBinaries, placeFor } from "./embedded-binaries";
import { endLeftover } from "./embedded-leftover";

export interface EmbeddedPostgres {
  url: string;
  port: number;
  pid: number;
  /** Where the data lives, which is not the wanted place when that cannot be reached by PostgreSQL's account. */
  directory: string;
  exited: Promise<void>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  directory: string;
  port?: number;
  database?: string;
  /** Tests throw the data away, so they need not wait for the disk. */
  isDurable?: boolean;
  onLog?: (text: string) => void;
}

const USER = "shepherd";

const BASE_FLAGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "max_connections=300",
];
const THROWAWAY_FLAGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

// A pipe from the parent is the lifeline: however the parent ends, it closes, and the server shuts down.
const WATCHDOG = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r line <&3; kill -INT "$server" ) 2>/dev/null &
watch=$!
wait "$server"; code=$?
kill "$watch" 2>/dev/null
exit "$code"`;

/** Starts the PostgreSQL that comes from npm on a persistent folder and makes sure of one UTC database in it. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const account = chooseAccount();
  const binaries = await findBinaries(account);
  const directory = placeFor(options.directory, account);
  const password = readPassword(path.resolve(options.directory));
  createData(binaries, account, directory, password);
  await endLeftover(directory);

  const { server, port } = await launch({ ...options, directory }, binaries, account);
  const database = options.database ?? "shepherd";
  await createDatabase({ host: "127.0.0.1", port, user: USER, password, database: "postgres" }, database);
  const exited = server.exitCode === null ? once(server, "exit").then(() => undefined) : Promise.resolve();
  return {
    url: `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`,
    port,
    pid: server.pid ?? 0,
    directory,
    exited,
    stop: async () => {
      server.stdin?.end();
      await exited;
    },
  };
}

/** Removes the data, wherever it had to be placed, and its password. */
export function removeEmbeddedData(directory: string): void {
  fs.rmSync(placeFor(directory, chooseAccount()), { recursive: true, force: true });
  fs.rmSync(passwordFile(path.resolve(directory)), { force: true });
}

function passwordFile(directory: string): string {
  return `${directory}.password`;
}

function readPassword(directory: string): string {
  const file = passwordFile(directory);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

function createData(binaries: Binaries, account: Account, directory: string, password: string) {
  if (fs.existsSync(path.join(directory, "PG_VERSION"))) return;
  // Built beside and renamed, so that an interrupted start leaves nothing half made.
  const partial = `${directory}.partial`;
  const passwordCopy = path.join(partial, "..", `${path.basename(directory)}.initial`);
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { recursive: true, mode: 0o700 });
  fs.writeFileSync(passwordCopy, password, { mode: 0o600 });
  for (const place of [partial, passwordCopy]) giveTo(account, place);
  const flags = ["-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"];
  try {
    execFileSync(binaries.initdb, ["-D", partial, ...flags, `--pwfile=${passwordCopy}`], {
      ...account,
      env: environment(),
      cwd: "/",
      stdio: "pipe",
    });
  } finally {
    fs.rmSync(passwordCopy, { force: true });
  }
  fs.rmSync(directory, { recursive: true, force: true });
  fs.renameSync(partial, directory);
}

function giveTo(account: Account, place: string) {
  if (account.uid !== undefined && account.gid !== undefined) fs.chownSync(place, account.uid, account.gid);
}

// Nothing of the caller's PG* variables may steer this server.
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC", NODE_ENV: process.env.NODE_ENV };
}

async function launch(options: EmbeddedOptions, binaries: Binaries, account: Account) {
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await findFreePort());
    const server = spawnServer(options, port, binaries, account);
    const failure = await waitUntilReady(server, options.onLog);
    if (!failure) return { server, port };
    // Between finding a free port and using it somebody else may have taken it.
    if (options.port || attempt === 3 || !failure.includes("Address already in use")) {
      throw new Error(`PostgreSQL did not start on ${options.directory}:\n${failure}`);
    }
  }
}

function spawnServer(
  options: EmbeddedOptions,
  port: number,
  binaries: Binaries,
  account: Account,
): ChildProcess {
  const flags = [...BASE_FLAGS, ...(options.isDurable === false ? THROWAWAY_FLAGS : [])];
  const server = [binaries.postgres, "-D", options.directory, "-p", String(port)];
  for (const flag of flags) server.push("-c", flag);
  return spawn("/bin/sh", ["-c", WATCHDOG, "postgres", ...server], {
    ...account,
    env: environment(),
    cwd: "/",
    // A group of its own: Ctrl-C in the terminal ends the programs that use the database first.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
}

/** Empty when the server is ready, else what it said before it ended. */
function waitUntilReady(server: ChildProcess, onLog?: (text: string) => void): Promise<string> {
  return new Promise((resolve) => {
    let said = "";
    let isReady = false;
    server.stderr?.on("data", (chunk: Buffer) => {
      onLog?.(String(chunk));
      if (isReady) return;
      said = (said + String(chunk)).slice(-4000);
      isReady = said.includes("ready to accept connections");
      if (isReady) resolve("");
    });
    server.once("error", (error) => resolve(error.message));
    server.once("close", () => resolve(said || "it ended without a word"));
  });
}

async function findFreePort(): Promise<number> {
  const listener = net.createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function createDatabase(connection: pg.ClientConfig, database: string) {
  const admin = new pg.Client(connection);
  await admin.connect();
  try {
    const name = admin.escapeIdentifier(database);
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (!rowCount) await admin.query(`CREATE DATABASE ${name}`);
    await admin.query(`ALTER DATABASE ${name} SET timezone = 'UTC'`);
  } finally {
    await admin.end();
  }
}
