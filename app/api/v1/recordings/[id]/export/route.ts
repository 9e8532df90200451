import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { exportRecording } from "@/lib/console/recordings/export-recording";
import { exportedRecording, exportRecordingInput } from "@/lib/console/recordings/schema";

export const POST = defineRoute({
  summary: "Take a recording out as a file",
  description: [
    "Asks for a fresh second factor and a reason, leaves an audit record and answers where the file is fetched within",
    "five minutes. A serial console's file is asciicast, version 2 (gaps and the end are markers). A screen's file is one",
    "JSON object a line: first {format: shepherd-rfb, version: 1, recording, vm, environment, person, started_at}, then",
    "{ms, bytes} with the server's RFB stream in base64 and starts: true where a message begins, {ms, gap} with the count",
    "of missing bytes, and {ms, end} with the reason. The file is sent only when every part of it is as it was recorded.",
  ].join(" "),
  permission: "audit:read",
  params: z.strictObject({ id: z.string().max(64) }),
  body: exportRecordingInput.omit({ recordingId: true }),
  output: exportedRecording,
  status: 201,
  useCase: (ctx, { params, body }) => exportRecording(ctx, { recordingId: params.id, ...body }),
});
