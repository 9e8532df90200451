import { expect, test } from "vitest";
import { ClusterFailure } from "./failures";
import { createLineSplitter, identify, isOlderVersion, parseWatchLine, RelistNeeded } from "./watch-lines";

test("lines come out whole wherever the chunks are cut", () => {
  const text = '{"a":"ü"}\n{"b":"€"}\n\n{"c":1}\nrest';
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size += 1) {
    const split = createLineSplitter();
    const lines: string[] = [];
    for (let from = 0; from < bytes.length; from += size)
      lines.push(...split(bytes.subarray(from, from + size)));
    expect(lines).toEqual(['{"a":"ü"}', '{"b":"€"}', "", '{"c":1}']);
  }
});

test("a line without an end is given up at the limit", () => {
  const split = createLineSplitter(10);
  expect(split(Buffer.from("12345"))).toEqual([]);
  expect(() => split(Buffer.from("678901"))).toThrow(RelistNeeded);
  expect(() => createLineSplitter(4)(Buffer.from("12345\n"))).toThrow(RelistNeeded);
});

const metadata = { name: "vm", namespace: "team-a", resourceVersion: "7" };

test("an event carries its key, its version and the object", () => {
  const line = JSON.stringify({ type: "MODIFIED", object: { metadata, spec: {} } });
  expect(parseWatchLine(line)).toEqual({
    type: "MODIFIED",
    key: "team-a/vm",
    resourceVersion: "7",
    object: { metadata, spec: {} },
  });
});

test("a bookmark carries a version and nothing else", () => {
  const line = JSON.stringify({ type: "BOOKMARK", object: { metadata: { resourceVersion: "9" } } });
  expect(parseWatchLine(line)).toEqual({ type: "BOOKMARK", resourceVersion: "9" });
});

test("an ERROR line is the failure it holds", () => {
  const object = { kind: "Status", code: 410, reason: "Expired", message: "too old" };
  expect(() => parseWatchLine(JSON.stringify({ type: "ERROR", object }))).toThrow(ClusterFailure);
});

test.each([
  ['{"type":"MODIFIED","object":{"metadata":{"na'],
  [""],
  ["null"],
  ["[]"],
  ['{"type":"RENAMED","object":{}}'],
  ['{"type":"ADDED"}'],
  ['{"type":"ADDED","object":{"metadata":{"name":"a"}}}'],
  ['{"type":"ADDED","object":{"metadata":{"name":"","resourceVersion":"1"}}}'],
  ['{"type":"ADDED","object":{"metadata":{"name":{"a":1},"resourceVersion":"1"}}}'],
  ['{"type":"BOOKMARK","object":{}}'],
])("the line %s asks for a complete list", (line) => {
  expect(() => parseWatchLine(line)).toThrow(RelistNeeded);
});

test("what has no namespace is known by its name alone", () => {
  expect(identify({ metadata: { name: "node-a", resourceVersion: "1" } })?.key).toBe("node-a");
  expect(identify(null)).toBeNull();
});

test("versions are compared as numbers, and not at all where they are none", () => {
  expect(isOlderVersion("9", "10")).toBe(true);
  expect(isOlderVersion("10", "10")).toBe(false);
  expect(isOlderVersion("99999999999999999999", "100000000000000000000")).toBe(true);
  expect(isOlderVersion("abc", "10")).toBe(false);
  expect(isOlderVersion("1", "")).toBe(false);
});
