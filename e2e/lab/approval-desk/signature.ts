import { createHash, createHmac } from "node:crypto";

/** The desk's own reading of the signature (spec §5.25), written without the product's. */
export function sign(
  secret: string,
  words: { method: string; path: string; query: string; timestamp: string; body: string | null },
): string {
  const lines = [words.method, words.path, words.query, words.timestamp];
  if (words.body !== null) lines.push(createHash("sha256").update(words.body, "utf8").digest("hex"));
  return `sha256=${createHmac("sha256", secret).update(lines.join("\n"), "utf8").digest("hex")}`;
}
