import { finishRecording, type FinishedRecording } from "@/lib/console/recordings/finish-recording";
import { listKeptRecordings } from "@/lib/console/recordings/queries";
import { recordProgress } from "@/lib/console/recordings/record-progress";
import { settleLostRecordings } from "@/lib/console/recordings/settle-lost-recordings";
import { platformContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import type { RecordingReport } from "../recording";
import { listRecorded, makeFolder, recordingFolder, removeRecorded } from "./recording-folder";
import { RecordingReader } from "./recording-reader";

const tidyMs = 60_000;
/** The record of the end waits out a database that is away; what a dying process cannot write, another one settles. */
const retriesMs = [0, 500, 1_000, 2_000, 5_000, 10_000];
/** So long a process that ends waits for the disk. */
const drainMs = 10_000;

export interface Recordings {
  /** A recording was ordered; it ends with its report. */
  begin(recordingId: string): void;
  hear(report: RecordingReport): void;
  stop(): Promise<void>;
}

/** What this process writes down of its recordings, and what it no longer keeps on the disk. */
export async function keepRecordings(proxyId: string, folder = recordingFolder()): Promise<Recordings> {
  await makeFolder(folder);
  if (env().RECORDINGS_DIR === undefined && env().NODE_ENV === "production")
    logger("recordings").warn(
      { folder },
      "RECORDINGS_DIR is not set: recordings lie in a folder for passing things",
    );
  const keeper = new Keeper(proxyId, folder);
  keeper.start();
  return keeper;
}

class Keeper implements Recordings {
  readonly #proxyId: string;
  readonly #folder: string;
  readonly #open = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #tidying: Promise<void> | undefined;
  #whenEmpty: (() => void) | undefined;

  constructor(proxyId: string, folder: string) {
    this.#proxyId = proxyId;
    this.#folder = folder;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tidy(), tidyMs);
    this.#tidy();
  }

  begin(recordingId: string): void {
    this.#open.add(recordingId);
  }

  hear(report: RecordingReport): void {
    if (report.kind === "finished") return void this.#finish(report.finished);
    recordProgress(report.progress).catch((error: unknown) =>
      logger("recordings").warn({ err: error }, "the progress of a recording could not be recorded"),
    );
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#tidying;
    if (this.#open.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.#whenEmpty = resolve));
    await Promise.race([empty, delay(drainMs)]);
  }

  async #finish(finished: FinishedRecording): Promise<void> {
    const { recordingId, brokenReason } = finished;
    if (brokenReason !== null) logger("recordings").error({ recordingId, brokenReason }, "a recording broke");
    for (const ms of retriesMs) {
      await delay(ms);
      try {
        await finishRecording(platformContext("console"), finished);
        break;
      } catch (error) {
        logger("recordings").warn(
          { err: error, recordingId },
          "the end of a recording could not be recorded",
        );
      }
    }
    this.#open.delete(recordingId);
    if (this.#open.size === 0) this.#whenEmpty?.();
  }

  #tidy(): void {
    this.#tidying ??= this.#tidyOnce()
      .catch((error: unknown) => logger("recordings").warn({ err: error }, "recordings could not be tidied"))
      .finally(() => (this.#tidying = undefined));
  }

  async #tidyOnce(): Promise<void> {
    const settler = { proxyId: this.#proxyId, openIds: this.#open };
    await settleLostRecordings(platformContext("console"), (id) => measure(this.#folder, id), settler);
    const recorded = await listRecorded(this.#folder);
    const kept = await listKeptRecordings(recorded);
    for (const id of recorded) if (!kept.has(id)) await removeRecorded(this.#folder, id);
  }
}

async function measure(folder: string, recordingId: string) {
  const reader = await RecordingReader.open(folder, recordingId);
  if (reader === null) return null;
  try {
    return await reader.measure();
  } finally {
    await reader.close();
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
