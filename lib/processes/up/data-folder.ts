import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { removeEmbeddedData } from "@/prisma/embedded";
import { isAlive, readCommand } from "@/prisma/process-state";

/** The paths inside the one folder where a running Shepherd keeps everything. */
export function layOut(folder: string) {
  return {
    folder,
    lock: path.join(folder, "up.pid"),
    /** What runs here, for tools that want its database. */
    news: path.join(folder, "up.json"),
    ports: path.join(folder, "ports.json"),
    postgres: path.join(folder, "postgres"),
    webPassword: path.join(folder, "web-login.password"),
    accounts: path.join(folder, "demo-accounts.json"),
    lab: path.join(folder, "lab"),
    kubeconfig: path.join(folder, "lab", "kubeconfig"),
    /** What measures the lab's machines keeps its certificate and token here. */
    prometheus: path.join(folder, "lab", "prometheus"),
    /** A second cluster of the lab, which nobody has registered. */
    secondLab: path.join(folder, "lab-gpu"),
    secondKubeconfig: path.join(folder, "gpu-cluster.kubeconfig"),
    directory: path.join(folder, "directory"),
    /** What the directory lab said when it was ready, passwords included. */
    directoryNews: path.join(folder, "directory-news.json"),
    /** Images on their way to a cluster. */
    uploads: path.join(folder, "uploads"),
    /** Recordings of consoles, encrypted. */
    recordings: path.join(folder, "recordings"),
    logs: path.join(folder, "logs"),
  };
}

export type DataFolder = ReturnType<typeof layOut>;

/** Claims the folder for this process; two of them on one folder would fight over the same database. */
export function claimFolder(data: DataFolder, isFresh: boolean): void {
  const owner = readOwner(data.lock);
  if (owner)
    throw new Error(
      `Shepherd already runs on ${data.folder} (process ${owner}). Stop it first: kill ${owner}`,
    );
  if (isFresh) removeFolder(data);
  fs.mkdirSync(data.logs, { recursive: true });
  fs.mkdirSync(data.lab, { recursive: true });
  fs.writeFileSync(data.lock, String(process.pid));
  for (const name of fs.readdirSync(data.logs)) keepPrevious(path.join(data.logs, name));
}

export function releaseFolder(data: DataFolder): void {
  for (const file of [data.news, data.lock]) fs.rmSync(file, { force: true });
}

function removeFolder(data: DataFolder) {
  removeEmbeddedData(data.postgres);
  // The folder itself may be somebody's mount or a shell's current place, so only what is in it goes.
  if (!fs.existsSync(data.folder)) return;
  for (const name of fs.readdirSync(data.folder)) {
    fs.rmSync(path.join(data.folder, name), { recursive: true, force: true });
  }
}

function keepPrevious(log: string) {
  if (log.endsWith(".log") && !log.endsWith(".previous.log"))
    fs.renameSync(log, log.replace(/\.log$/, ".previous.log"));
}

function readOwner(lock: string): number | undefined {
  if (!fs.existsSync(lock)) return undefined;
  const pid = Number(fs.readFileSync(lock, "utf8"));
  return pid > 1 && pid !== process.pid && isUp(pid) ? pid : undefined;
}

// After a crash the number may belong to another program by now.
function isUp(pid: number): boolean {
  return isAlive(pid) && readCommand(pid).some((word) => word.endsWith("processes/up.ts"));
}

/** A secret made once and kept for the owner's eyes only. */
export function keepSecret(file: string): string {
  if (!fs.existsSync(file)) writePrivate(file, randomBytes(24).toString("base64url"));
  return fs.readFileSync(file, "utf8").trim();
}

export function writePrivate(file: string, text: string): void {
  fs.writeFileSync(file, text, { mode: 0o600 });
  fs.chmodSync(file, 0o600);
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    // Absent or half written: both mean that nothing is known.
    return undefined;
  }
}
