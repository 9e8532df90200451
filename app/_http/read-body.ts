import { AppError } from "@/lib/core/errors";

const bodyBytesMax = 1024 * 1024;

/** The JSON of a request, at most one mebibyte of it. */
export async function readBody(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === "") return {};
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new AppError("INVALID_REQUEST", { problem: "content_type" });
  }
  return parseJson(text);
}

/** A form of another site, such as an identity provider sends; a field that comes twice counts as absent. */
export async function readFormFields(request: Request, names: readonly string[]): Promise<(string | null)[]> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new AppError("INVALID_REQUEST", { problem: "content_type" });
  }
  const form = new URLSearchParams(await readText(request));
  return names.map((name) => (form.getAll(name).length === 1 ? form.get(name) : null));
}

async function readText(request: Request): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > bodyBytesMax) throw tooLarge();
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
  return decode(Buffer.concat(parts));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new AppError("INVALID_REQUEST", { problem: "encoding" });
    throw error;
  }
}

function parseJson(text: string): unknown {
  if (depthOf(text) > depthMax) throw new AppError("INVALID_REQUEST", { problem: "too_deep" });
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError("INVALID_REQUEST", { problem: "json" });
    throw error;
  }
}

/** Deeper than anything the API takes. */
const depthMax = 40;
/** A whole text in quotes, or one bracket; what is no JSON is found out by its parser. */
const brackets = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;

/** Told before it is parsed, so that no depth can exhaust the stack of whoever walks it later. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [mark] of text.matchAll(brackets)) {
    if (mark === "[" || mark === "{") deepest = Math.max(deepest, (depth += 1));
    else if (mark === "]" || mark === "}") depth -= 1;
  }
  return deepest;
}

function tooLarge(): AppError {
  return new AppError("REQUEST_TOO_LARGE", { bytesMax: bodyBytesMax });
}
