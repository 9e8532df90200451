import { createHash, createHmac } from "node:crypto";

export interface SignedCall {
  method: string;
  /** The whole address that is called. */
  address: string;
  /** Seconds since 1970, as sent in X-Shepherd-Timestamp. */
  timestamp: string;
  body: string;
}

/** `sha256=` and the HMAC over method, path, raw query, timestamp and the body's own hash, line by line (spec §5.25). */
export function signatureOf(key: string, { method, address, timestamp, body }: SignedCall): string {
  const { pathname, search } = new URL(address);
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const lines = [method, pathname, search.slice(1), timestamp, bodyHash].join("\n");
  return `sha256=${createHmac("sha256", key).update(lines).digest("hex")}`;
}
