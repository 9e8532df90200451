import type { IncomingMessage, ServerResponse } from "node:http";
import type { UploadGrant } from "./tokens";

// As Go's server does, so that a client that is still sending gets to read why it was refused.
const drainedBytesMax = 256 * 1024;

export interface Upload {
  isAsync: boolean;
  isForm: boolean;
  grant: UploadGrant;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Answers without the body, which the client may still be sending. */
export function answerUpload(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  text = "",
): void {
  response
    .writeHead(code, { connection: "close", "content-length": String(Buffer.byteLength(text)) })
    .end(text);
  let drained = 0;
  request.on("data", (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > drainedBytesMax) request.destroy();
  });
}
