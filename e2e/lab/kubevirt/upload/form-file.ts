import type { IncomingMessage } from "node:http";

const blankLine = Buffer.from("\r\n\r\n");

/** The bytes of the part called `file` of a multipart form, as they come. */
export async function* fileInForm(request: IncomingMessage): AsyncGenerator<Buffer> {
  const [, quoted, plain] =
    /boundary=(?:"([^"]+)"|([^;]+))/.exec(request.headers["content-type"] ?? "") ?? [];
  const boundary = quoted ?? plain?.trim();
  if (boundary === undefined) throw new Error("no multipart boundary param in Content-Type");
  const separator = Buffer.from(`\r\n--${boundary}`);
  let isInFile = false;
  // The first boundary has no line before it.
  let waiting = Buffer.from("\r\n");
  // What follows the file is not read, and the answer still has to get out.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    waiting = Buffer.concat([waiting, Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))]);
    if (!isInFile) {
      const start = findPart(waiting, separator);
      if (start === undefined) continue;
      waiting = waiting.subarray(start);
      isInFile = true;
    }
    const end = waiting.indexOf(separator);
    if (end >= 0) {
      yield waiting.subarray(0, end);
      return;
    }
    const safe = waiting.length - separator.length;
    if (safe <= 0) continue;
    yield waiting.subarray(0, safe);
    waiting = waiting.subarray(safe);
  }
  throw new Error("unexpected EOF");
}

/** Where the content of the part called `file` begins. */
function findPart(bytes: Buffer, separator: Buffer): number | undefined {
  for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, at + 1)) {
    const end = bytes.indexOf(blankLine, at);
    if (end < 0) return undefined;
    if (/name="file"/.test(bytes.subarray(at, end).toString())) return end + blankLine.length;
  }
  return undefined;
}
