import { AppError } from "@/lib/core/errors";
import type { SignedCall } from "@/lib/requests/desks/require-signed-call";

const bodyBytesMax = 64 * 1024;

/** A call that carries its proof in headers (spec §5.25): its bytes as they came, its words as they were signed. */
export interface ReceivedCall extends SignedCall {
  /** Named a second time outside the body. */
  ticketId: string;
  text: string;
}

/**
 * A header that comes twice is joined by a comma, which no signature, number or id contains.
 * @throws REQUEST_TOO_LARGE
 */
export async function readSignedCall(request: Request): Promise<ReceivedCall> {
  const { headers, method } = request;
  const { pathname, search } = new URL(request.url);
  const bytes = method === "GET" ? null : await readBytes(request);
  return {
    deskId: headers.get("x-external-approval-system-id") ?? "",
    signature: headers.get("x-signature-256") ?? "",
    ticketId: headers.get("x-ticket-id") ?? "",
    text: bytes === null ? "" : new TextDecoder("utf-8").decode(bytes),
    words: {
      method,
      path: pathname,
      rawQuery: search.slice(1),
      timestamp: headers.get("x-shepherd-timestamp") ?? "",
      body: bytes,
    },
  };
}

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > bodyBytesMax) throw tooLarge();
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > bodyBytesMax) {
      await reader?.cancel();
      throw tooLarge();
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

function tooLarge(): AppError {
  return new AppError("REQUEST_TOO_LARGE", { bytesMax: bodyBytesMax });
}
