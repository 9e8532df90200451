import { expect, test } from "vitest";
import type { DiffLine } from "@/lib/catalog/templates/schema";
import { foldEqualLines } from "./fold-equal-lines";

const same = (text: string): DiffLine => ({ kind: "same", text, before: 1, after: 1 });
const added: DiffLine = { kind: "added", text: "new", before: null, after: 1 };

function shapeOf(lines: DiffLine[]) {
  return foldEqualLines(lines).map((part) => [part.isFolded, part.lines.length]);
}

test("three equal lines stay readable on both sides of a change, the rest is folded", () => {
  const ten = Array.from({ length: 10 }, (_, at) => same(String(at)));
  expect(shapeOf([...ten, added, ...ten])).toEqual([
    [true, 7],
    [false, 7],
    [true, 7],
  ]);
});

test("one far line is shown, because its fold would be as long", () => {
  const four = ["a", "b", "c", "d"].map(same);
  expect(shapeOf([...four, added])).toEqual([
    [false, 1],
    [false, 4],
  ]);
});
