import { z } from "zod";
import { AppError } from "./errors";

export const perPageDefault = 20;
export const perPageMax = 100;

/** What every list accepts beside its filters. */
export const pageQuery = z.strictObject({
  perPage: z.coerce.number().int().min(1).max(perPageMax).default(perPageDefault),
  cursor: z.string().max(512).optional(),
});

/** A page by keyset: no totals, no offsets; `nextCursor` is null on the last page. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** The schema of a page whose items have the given shape. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

// PostgreSQL's text knows no NUL.
const cursorText = z.string().regex(/^[^\0]*$/);
const cursorShape = z.tuple([cursorText.max(256), cursorText.max(64)]);

/** Reads a cursor back into [sort value, id]; a tampered one is refused by field name. */
export function readCursor(cursor: string | undefined): [sortValue: string, id: string] | null {
  if (cursor === undefined) return null;
  const parsed = cursorShape.safeParse(parseJson(decodeBase64Url(cursor)));
  if (!parsed.success) throw cursorRefused();
  return parsed.data;
}

/** A cursor over (timestamp, id); a time in another form than toPage's callers write is refused. */
export function readTimeCursor(cursor: string | undefined): [at: Date, id: string] | null {
  const read = readCursor(cursor);
  if (read === null) return null;
  const at = new Date(read[0]);
  // Years of more than four digits are no times to PostgreSQL.
  const isWritten = /^\d{4}-/.test(read[0]) && !Number.isNaN(at.getTime()) && at.toISOString() === read[0];
  if (!isWritten) throw cursorRefused();
  return [at, read[1]];
}

/**
 * Cuts the one row that was read past the page and says where to go on.
 * @param rows perPage + 1 rows at most
 */
export function toPage<Row>(rows: Row[], perPage: number, keyOf: (row: Row) => [string, string]): Page<Row> {
  const items = rows.slice(0, perPage);
  const last = items.at(-1);
  const more = rows.length > perPage && last !== undefined;
  return { items, nextCursor: more ? encodeBase64Url(JSON.stringify(keyOf(last))) : null };
}

function cursorRefused(): AppError {
  return new AppError("VALIDATION_FAILED", {}, [{ field: "cursor", code: "invalid_cursor" }]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

// btoa and atob exist in browsers and Node alike; this file runs in both.
function encodeBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function decodeBase64Url(text: string): string {
  if (!/^[\w-]*$/.test(text)) throw cursorRefused();
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch (error) {
    if (error instanceof DOMException) throw cursorRefused();
    throw error;
  }
}
