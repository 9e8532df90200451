import { describe, expect, test } from "vitest";
import { pageQuery, readCursor, readTimeCursor, toPage } from "./paging";

const rows = [3, 2, 1].map((day) => ({ id: `row-${day}`, at: `2026-01-0${day}T00:00:00.000Z` }));
const keyOf = (row: { id: string; at: string }): [string, string] => [row.at, row.id];
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const refused = expect.objectContaining({
  code: "VALIDATION_FAILED",
  fields: [{ field: "cursor", code: "invalid_cursor" }],
});

test("a full page says where to go on, and the last page says that there is no more", () => {
  const page = toPage(rows, 2, keyOf);
  expect(page.items).toEqual(rows.slice(0, 2));
  expect(readTimeCursor(page.nextCursor ?? "")).toEqual([new Date("2026-01-02T00:00:00.000Z"), "row-2"]);
  expect(toPage(rows, 3, keyOf).nextCursor).toBeNull();
  expect(toPage([], 3, keyOf)).toEqual({ items: [], nextCursor: null });
});

test("a cursor carries any text there and back", () => {
  const key: [string, string] = ["Ümläut 漢字 \"'`;--", "id"];
  expect(readCursor(toPage([1, 2], 1, () => key).nextCursor ?? "")).toEqual(key);
});

describe("a tampered cursor is refused by name, and nothing else happens", () => {
  test.for([
    "",
    "x",
    "%%%",
    "' OR 1=1 --",
    "bm90IGpzb24",
    encode(null),
    encode({}),
    encode([]),
    encode(["one"]),
    encode([1, 2]),
    encode(["a", "b", "c"]),
    encode(["a".repeat(257), "b"]),
    encode(["a", "b".repeat(65)]),
    encode([["nested"], "b"]),
    encode({ length: 2, 0: "a", 1: "b" }),
    encode(["2026-01-01T00:00:00.000Z", "id\u0000"]),
    encode(["sort\u0000", "id"]),
  ])("%j", (cursor) => {
    expect(() => readCursor(cursor)).toThrowError(refused);
  });

  test.for([
    "not a time",
    "",
    "1",
    "2026-13-01T00:00:00.000Z",
    "+275760-09-13T00:00:00.000Z",
    "-271821-04-20T00:00:00.000Z",
    "-004800-01-01T00:00:00.000Z",
    "2026-01-01",
    "now()",
    "infinity",
  ])("the time %j", (time) => {
    expect(() => readTimeCursor(encode([time, "id"]))).toThrowError(refused);
  });
});

test.for([0, -1, 101, 1.5, "many", Number.NaN])("%j rows a page are refused", (perPage) => {
  expect(pageQuery.safeParse({ perPage }).success).toBe(false);
});

test("what is not of a list's query is refused", () => {
  expect(pageQuery.safeParse({ page: 2 }).success).toBe(false);
  expect(pageQuery.parse({})).toEqual({ perPage: 20 });
});
