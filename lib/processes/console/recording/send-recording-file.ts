import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { readFrames, type Frame } from "@/lib/console/recordings/frames/rules";
import type { ReadableRecording } from "@/lib/console/recordings/read-content-key";
import { AppError } from "@/lib/core/errors";
import type { RecordingReader } from "./recording-reader";

/** A recording as a file to keep: every chunk and their order are checked before the first byte leaves. */
export async function sendRecordingFile(
  response: ServerResponse,
  recording: ReadableRecording,
  reader: RecordingReader | null,
): Promise<void> {
  await requireUntouched(recording, reader);
  const write = recording.consoleType === "serial" ? writeCast(recording) : writeLines(recording);
  response.writeHead(200, {
    "content-type": write.contentType,
    "content-disposition": `attachment; filename="${fileName(recording, write.extension)}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  await sendText(response, write.head);
  const chunks = (await reader?.listChunks()) ?? [];
  for (const { number } of chunks) {
    const content = await reader?.readChunk(number, recording.contentKey);
    // Altered since it was checked a moment ago: the file ends visibly unfinished.
    if (!content) return void response.destroy();
    const isGone = await sendText(response, readFrames(content).map(write.line).join(""));
    if (isGone) return;
  }
  response.end();
}

async function requireUntouched(recording: ReadableRecording, reader: RecordingReader | null): Promise<void> {
  const present = (await reader?.listChunks())?.length ?? 0;
  const known = Math.max(present, recording.chunkCount);
  for (let number = 0; number < known; number += 1) {
    const content = (await reader?.readChunk(number, recording.contentKey)) ?? null;
    if (content === null) throw new AppError("RECORDING_DAMAGED", { chunk: number });
  }
  if (recording.status === "recording" || reader === null) return;
  const { chainHead, chunkCount } = await reader.measure();
  if (chainHead !== recording.chainHead) throw new AppError("RECORDING_DAMAGED", { chunk: chunkCount });
}

/** @returns whether whoever asked has gone */
async function sendText(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return true;
  if (!response.write(text)) await waitForRoom(response);
  return response.destroyed;
}

/** Until the line takes more or is gone; nothing goes on listening after that. */
async function waitForRoom(response: ServerResponse): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const either = [once(response, "drain", { signal }), once(response, "close", { signal })];
  await Promise.race(either).finally(() => settled.abort());
  await Promise.allSettled(either);
}

interface FileFormat {
  contentType: string;
  extension: string;
  head: string;
  line: (frame: Frame) => string;
}

/** A terminal's output as asciicast, version 2: what is missing and how it ended are markers. */
function writeCast({ startedAt, vmName }: ReadableRecording): FileFormat {
  const decoder = new TextDecoder();
  const timestamp = Math.floor(startedAt.getTime() / 1000);
  const head = JSON.stringify({ version: 2, width: 80, height: 24, timestamp, title: vmName });
  const line = (frame: Frame) => {
    const seconds = frame.atMs / 1000;
    if (frame.kind === "gap") return asLine([seconds, "m", `gap: ${frame.lostBytes} bytes`]);
    if (frame.kind === "end") return asLine([seconds, "m", `end: ${frame.reason}`]);
    // A character may begin in one frame and end in the next.
    return asLine([seconds, "o", decoder.decode(frame.bytes, { stream: true })]);
  };
  return { contentType: "application/x-asciicast", extension: "cast", head: `${head}\n`, line };
}

/** A screen's stream as the server sent it, one JSON object a line. */
function writeLines({ id, startedAt, vmName, environment, userName }: ReadableRecording): FileFormat {
  const facts = {
    format: "shepherd-rfb",
    version: 1,
    recording: id,
    vm: vmName,
    environment,
    person: userName,
  };
  const line = (frame: Frame) => {
    if (frame.kind === "gap") return asLine({ ms: frame.atMs, gap: frame.lostBytes });
    if (frame.kind === "end") return asLine({ ms: frame.atMs, end: frame.reason });
    const whole = frame.kind === "message" ? { starts: true } : {};
    return asLine({ ms: frame.atMs, ...whole, bytes: Buffer.from(frame.bytes).toString("base64") });
  };
  const head = asLine({ ...facts, started_at: startedAt.toISOString() });
  return { contentType: "application/jsonl", extension: "rfb.jsonl", head, line };
}

function asLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function fileName({ vmName, startedAt }: ReadableRecording, extension: string): string {
  const moment = startedAt.toISOString().slice(0, 19).replaceAll(/[:T]/g, "-");
  return `${vmName.replaceAll(/[^\w.-]/g, "_")}-${moment}.${extension}`;
}
