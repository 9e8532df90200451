import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { firstEntries, writeLdif } from "./entries";
import type { Installation, SlapdPaths } from "./slapd-configuration";
import { layOut, writeConfiguration } from "./slapd-configuration";
import type { People } from "../people";

export interface SlapdFacts {
  folder: string;
  installation: Installation;
  people: People;
  tls: { caPem: string; certificatePem: string; keyPem: string };
  rootPassword: string;
  bindPassword: string;
  ports: { ldaps: number; ldap: number };
}

export interface Slapd {
  /** Throws with the server's last words where it has ended. */
  requireRunning(): void;
  stop(): Promise<void>;
}

// Whatever ends the parent closes the pipe, and the server ends with it. It sizes its tables by the number of files
// it may open, which is in the millions in some containers.
const lifeline = `ulimit -n 1024
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{ cat <&3 >/dev/null; kill $server 2>/dev/null; } &
exec 3<&-
wait $server`;
const graceMs = 3_000;

/** Starts the server on a directory filled afresh; the people keep their entryUUIDs. */
export async function startSlapd(facts: SlapdFacts): Promise<Slapd> {
  const { installation, ports } = facts;
  const paths = layOut(facts.folder);
  await fill(facts, paths);
  const addresses = `ldaps://127.0.0.1:${ports.ldaps}/ ldap://127.0.0.1:${ports.ldap}/`;
  const words = [installation.program, "-f", paths.configuration, "-h", addresses, "-d", "0"];
  const child = spawn("sh", ["-c", lifeline, "slapd", ...words], {
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
  return watch(child);
}

async function fill(
  { folder, installation, people, ...facts }: SlapdFacts,
  paths: SlapdPaths,
): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(paths.database, { recursive: true });
  const keep = (file: string, text: string) => fs.writeFileSync(file, text, { mode: 0o600 });
  keep(paths.certificate, facts.tls.certificatePem);
  keep(paths.key, facts.tls.keyPem);
  keep(paths.authority, facts.tls.caPem);
  keep(paths.configuration, writeConfiguration(installation, paths, facts.rootPassword));
  const ldif = `${paths.configuration}.ldif`;
  keep(ldif, writeLdif(firstEntries(people, facts.bindPassword)));
  const words = ["-T", "add", "-f", paths.configuration, "-l", ldif];
  await promisify(execFile)(installation.program, words);
  fs.rmSync(ldif);
}

function watch(child: ChildProcess): Slapd {
  let said = "";
  child.stdin?.on("error", () => undefined);
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    requireRunning: () => {
      if (hasEnded()) throw new Error(`slapd ended: ${said || "it said nothing"}`);
    },
    stop: async () => {
      if (hasEnded()) return;
      const ended = once(child, "exit");
      child.stdin?.end();
      const grace = new AbortController();
      const patience = sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined);
      await Promise.race([ended, patience]);
      grace.abort();
      if (!hasEnded() && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await ended;
    },
  };
}
