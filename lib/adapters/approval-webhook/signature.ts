import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The words both sides sign, each on a line of its own; what carries no body signs the first four (spec §5.25). */
export interface SignedWords {
  method: string;
  path: string;
  /** As it stood in the address, without the question mark. */
  rawQuery: string;
  /** Seconds since 1970. */
  timestamp: string;
  body: Uint8Array | string | null;
}

export function signatureOf(secret: string, words: SignedWords): string {
  return `sha256=${digest(secret, words).toString("hex")}`;
}

const signatureShape = /^sha256=[0-9a-f]{64}$/;

/** Takes as long for a wrong signature as for a right one; the hex is small letters only. */
export function isSignedBy(secret: string, words: SignedWords, signature: string): boolean {
  if (!signatureShape.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature.slice(7), "hex"), digest(secret, words));
}

function digest(secret: string, { method, path, rawQuery, timestamp, body }: SignedWords): Buffer {
  const lines = [method, path, rawQuery, timestamp];
  if (body !== null) lines.push(createHash("sha256").update(body).digest("hex"));
  return createHmac("sha256", secret).update(lines.join("\n")).digest();
}
