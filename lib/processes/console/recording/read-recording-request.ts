import type { IncomingMessage } from "node:http";
import type { Credential } from "../identify-caller";
import { readCredential } from "../read-upgrade";

const recordingPath =
  /^\/api\/v1\/recordings\/([0-9a-f-]{36})\/(index|stream|file)\?opening=([0-9a-f-]{36})(?:&from=(\d{1,9}))?$/;

export interface AskedRecording {
  recordingId: string;
  openingId: string;
  part: "index" | "stream" | "file";
  /** The first chunk that is wanted. */
  from: number;
  credential: Credential;
}

/** What of a recording is asked for and with what; nothing of it has been believed yet. */
export function readRecordingRequest(
  request: IncomingMessage,
): AskedRecording | { status: number; code: string } {
  const [, recordingId, part, openingId, from] = recordingPath.exec(request.url ?? "") ?? [];
  if (recordingId === undefined || openingId === undefined)
    return { status: 404, code: "RESOURCE_NOT_FOUND" };
  if (request.method !== "GET") return { status: 405, code: "METHOD_NOT_ALLOWED" };
  const credential = readCredential(request);
  if (credential === null) return { status: 401, code: "UNAUTHORIZED" };
  const wanted = part === "index" || part === "stream" ? part : "file";
  return { recordingId, openingId, part: wanted, from: Number(from ?? 0), credential };
}
