import type { FileHandle } from "node:fs/promises";
import type { FinishedRecording } from "@/lib/console/recordings/finish-recording";
import type { RecordingProgress } from "@/lib/console/recordings/record-progress";
import type { BrokenReason } from "@/lib/console/recordings/rules";
import type { RecordingOrder } from "@/lib/console/recordings/start-recording";
import { ChunkWriter, waitingShare } from "./recording/chunk-writer";
import { FrameBuffer } from "./recording/frame-buffer";
import { findMessages, type MessageFinder } from "./recording/find-messages";
import { recordingFolder } from "./recording/recording-folder";

/** Beside the chunk that is being filled, so much may wait for the disk; what comes beyond is missing from the recording. */
const waitingBytesMax = 8 * 1024 * 1024;
const waitingBytesLow = waitingBytesMax / 2;
/** What came so long ago is sealed, however little it is. */
const chunkMs = 2_000;
const progressMs = 10_000;

/** How a recording goes, for the thread that knows the database. */
export type RecordingReport =
  { kind: "progress"; progress: RecordingProgress } | { kind: "finished"; finished: FinishedRecording };

/** Takes what passes and never holds it up; nothing of it throws. */
export interface Recorder {
  fromServer(bytes: Buffer): void;
  /** What people type is not recorded; it only shows in which format they get the picture. */
  fromClient(bytes: Buffer): void;
  end(reason: string): void;
}

interface RecorderParts {
  folder?: string;
  /** Instead of the file system's, for a disk that is slow. */
  writeBytes?: (file: FileHandle, bytes: Buffer) => Promise<void>;
}

/** Begins a recording that was ordered; what becomes of it is reported. */
export function openRecorder(
  order: RecordingOrder,
  report: (told: RecordingReport) => void,
  parts: RecorderParts = {},
): Recorder {
  return new SessionRecorder(order, report, parts);
}

class SessionRecorder implements Recorder {
  readonly #id: string;
  readonly #report: (told: RecordingReport) => void;
  readonly #writer: ChunkWriter;
  readonly #messages: MessageFinder;
  readonly #frames = new FrameBuffer();
  readonly #beganAt = performance.now();
  readonly #progressTimer: NodeJS.Timeout;
  #chunkTimer: NodeJS.Timeout | undefined;
  /** What is missing since the recording last went on. */
  #lostNow = 0;
  #lostBytes = 0;
  #gapCount = 0;
  #reportedChunks = 0;
  #brokenReason: BrokenReason | null = null;
  #isOver = false;

  constructor(order: RecordingOrder, report: (told: RecordingReport) => void, parts: RecorderParts) {
    this.#id = order.id;
    this.#report = report;
    this.#messages = findMessages(order.consoleType);
    this.#writer = new ChunkWriter({
      folder: parts.folder ?? recordingFolder(),
      recordingId: order.id,
      contentKey: Buffer.from(order.contentKey, "base64"),
      onBroken: (reason) => this.#break(reason),
      ...(parts.writeBytes === undefined ? {} : { writeBytes: parts.writeBytes }),
    });
    this.#progressTimer = setInterval(() => this.#tellProgress(), progressMs);
  }

  fromServer(bytes: Buffer): void {
    if (this.#isOver) return;
    const begins = this.#messages.fromServer(bytes);
    if (this.#lostNow > 0) this.#resume(bytes, begins);
    else if (this.#writer.waitingBytes + bytes.length > waitingBytesMax || waitingShare() >= 1)
      this.#lostNow = bytes.length;
    else this.#take(bytes, begins);
  }

  fromClient(bytes: Buffer): void {
    if (!this.#isOver) this.#messages.fromClient(bytes);
  }

  end(reason: string): void {
    if (this.#isOver) return;
    if (this.#lostNow > 0) this.#closeGap(0);
    this.#frames.addEnd(this.#now(), reason);
    this.#isOver = true;
    this.#seal();
    this.#finish();
  }

  /** Once something is missing, only the beginning of a message is worth going on with, and only with room to spare. */
  #resume(bytes: Buffer, begins: number | null): void {
    if (begins === null || this.#writer.waitingBytes > waitingBytesLow || waitingShare() > 0.5) {
      this.#lostNow += bytes.length;
      return;
    }
    this.#closeGap(begins);
    this.#take(bytes.subarray(begins), 0);
  }

  #closeGap(skippedBytes: number): void {
    const lost = this.#lostNow + skippedBytes;
    this.#frames.addGap(this.#now(), lost);
    this.#gapCount += 1;
    this.#lostBytes += lost;
    this.#lostNow = 0;
  }

  #take(bytes: Buffer, begins: number | null): void {
    const atMs = this.#now();
    const partLength = begins ?? bytes.length;
    this.#add(atMs, "part", bytes.subarray(0, partLength));
    this.#add(atMs, "message", bytes.subarray(partLength));
  }

  #add(atMs: number, kind: "message" | "part", bytes: Buffer): void {
    for (const [index, piece] of this.#frames.piecesOf(bytes).entries()) {
      if (!this.#frames.hasRoom(piece.length)) this.#seal();
      this.#frames.add(atMs, index === 0 ? kind : "part", piece);
      this.#chunkTimer ??= setTimeout(() => this.#seal(), chunkMs);
    }
  }

  #seal(): void {
    clearTimeout(this.#chunkTimer);
    this.#chunkTimer = undefined;
    const chunk = this.#frames.cut();
    if (chunk !== null) this.#writer.push(chunk);
  }

  #break(reason: BrokenReason): void {
    this.#brokenReason = reason;
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#chunkTimer);
    this.#finish();
  }

  #finish(): void {
    clearInterval(this.#progressTimer);
    void this.#writer.close().then(() => {
      const finished = { ...this.#progress(), brokenReason: this.#brokenReason };
      this.#report({ kind: "finished", finished });
    });
  }

  #tellProgress(): void {
    const progress = this.#progress();
    if (progress.chunkCount === this.#reportedChunks) return;
    this.#reportedChunks = progress.chunkCount;
    this.#report({ kind: "progress", progress });
  }

  #progress(): RecordingProgress {
    return {
      recordingId: this.#id,
      ...this.#writer.state,
      gapCount: this.#gapCount,
      lostBytes: this.#lostBytes + this.#lostNow,
      isPlayable: this.#messages.isPlayable,
    };
  }

  #now(): number {
    return Math.round(performance.now() - this.#beganAt);
  }
}
