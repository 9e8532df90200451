import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { openRecording } from "@/lib/console/recordings/open-recording";
import { openedRecording } from "@/lib/console/recordings/schema";

export const POST = defineRoute({
  summary: "Open a recording to look at it",
  description: [
    "Leaves an audit record and answers where its content is read for the next hours, by the same session or token.",
    "GET index_path answers {duration_ms, is_running, chunks: [[from_ms, to_ms, bytes], …]}.",
    "GET stream_path&from=N answers whole chunks from number N as application/octet-stream; the header x-recording-next",
    "names the next chunk and is absent after the last. The bytes are frames in network byte order: 4 bytes of milliseconds",
    "since the start, 1 byte of kind, 4 bytes of length, then so many bytes. Kind 1 is what the machine sent, from the",
    "beginning of one of its messages; 2 the same in the midst of a message; 3 a gap, whose 4 bytes count what is missing;",
    "4 the end, with its reason. Of a screen it is the RFB stream from the server's greeting on, of a serial console its",
    "text. What people typed is not recorded. A chunk that was altered or is missing is refused with RECORDING_DAMAGED",
    "and its number.",
  ].join(" "),
  permission: "audit:read",
  params: z.strictObject({ id: z.string().max(64) }),
  output: openedRecording,
  status: 201,
  useCase: (ctx, { params }) => openRecording(ctx, { recordingId: params.id }),
});
