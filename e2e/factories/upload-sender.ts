import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Sender {
  /** Where the portal takes files. */
  baseUrl: string;
  cookie: string;
  uploadId: string;
}

export interface PartAnswer {
  status: number;
  code: string | null;
  offset: number | null;
}

interface PartRequest {
  method: string;
  headers?: Record<string, string>;
  body?: Buffer;
  /** Breaks the connection after so many bytes of the body. */
  breakAfter?: number;
}

/** One request as a browser makes it; null where the connection broke. */
export function sendPart(sender: Sender, part: PartRequest): Promise<PartAnswer | null> {
  const { method, headers = {}, body, breakAfter } = part;
  // As a browser keeps its connection, so that a refusal is read before the connection ends.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const answered = new Promise<PartAnswer | null>((resolve) => {
    const request = http.request(`${sender.baseUrl}/uploads/${sender.uploadId}`, {
      method,
      agent,
      headers: {
        "tus-resumable": "1.0.0",
        cookie: `session_id=${sender.cookie}`,
        origin: sender.baseUrl,
        ...(body === undefined ? {} : { "content-length": String(body.length) }),
        ...headers,
      },
    });
    request.on("error", () => resolve(null));
    request.on("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", () => resolve(null));
      answer.on("end", () => resolve(readAnswer(answer, Buffer.concat(chunks).toString())));
    });
    if (body === undefined) return void request.end();
    if (breakAfter === undefined) return void request.end(body);
    request.write(body.subarray(0, breakAfter), () => setImmediate(() => request.destroy()));
  });
  return answered.finally(() => agent.destroy());
}

function readAnswer(answer: http.IncomingMessage, text: string): PartAnswer {
  const offset = answer.headers["upload-offset"];
  const code = /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? null;
  return {
    status: answer.statusCode ?? 0,
    code,
    offset: typeof offset === "string" ? Number(offset) : null,
  };
}

/** The next part from where the portal stands. */
export function patch(
  sender: Sender,
  image: Buffer,
  from: { offset: number; bytes: number; breakAfter?: number },
) {
  const { offset, bytes, breakAfter } = from;
  return sendPart(sender, {
    method: "PATCH",
    headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
    body: image.subarray(offset, offset + bytes),
    ...(breakAfter === undefined ? {} : { breakAfter }),
  });
}

/** Sends what is missing, asking again where to go on after everything that went wrong. */
export async function sendRest(sender: Sender, image: Buffer, partBytes: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const stands = await sendPart(sender, { method: "HEAD" });
    if (stands?.status === 200 && stands.offset !== null) {
      if (stands.offset >= image.length) return;
      const taken = await patch(sender, image, { offset: stands.offset, bytes: partBytes });
      // Asked again it may already be refused for what is in it.
      if (taken?.offset === image.length) return;
    } else await sleep(100);
  }
  throw new Error("the file could not be sent");
}
