import { createHash } from "node:crypto";
import { mkdir, readdir, rm, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { env } from "@/lib/core/env";

const fileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.rec$/;
/** Always left free for whatever else lives on the disk. */
const spareBytes = 256 * 1024 * 1024;

/** Without a folder of its own, one that no other installation on this machine uses. */
export function recordingFolder(): string {
  const given = env().RECORDINGS_DIR;
  if (given !== undefined) return path.resolve(given);
  const mark = createHash("sha256").update(env().DATABASE_URL).digest("hex").slice(0, 12);
  return path.join(os.tmpdir(), `shepherd-recordings-${mark}`);
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

export function recordingFile(folder: string, recordingId: string): string {
  const name = `${recordingId}.rec`;
  if (!fileName.test(name)) throw new Error("not the id of a recording");
  return path.join(folder, name);
}

export async function listRecorded(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => fileName.exec(name)?.[1] ?? []);
}

export async function removeRecorded(folder: string, recordingId: string): Promise<void> {
  await rm(recordingFile(folder, recordingId), { force: true });
}

export async function isDiskFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < spareBytes;
}
