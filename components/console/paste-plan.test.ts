import { expect, test } from "vitest";
import { planPaste } from "./paste-plan";

test("a text that the layout has is typed whole, line ends as one key", () => {
  const plan = planPaste("ls -l\r\nexit\r", "us");
  expect(plan.strokes.map(({ code }) => code)).toEqual([
    ...["KeyL", "KeyS", "Space", "Minus", "KeyL", "Enter"],
    ...["KeyE", "KeyX", "KeyI", "KeyT", "Enter"],
  ]);
  expect(plan).toMatchObject({ untypable: [], untypableCount: 0, characters: 11, lineBreaks: 2 });
});

test("what no key types is named with its number and its places, and left out of the strokes", () => {
  const plan = planPaste("echo “hi”\n“x”“", "us");
  expect(plan.untypable).toEqual([
    {
      character: "“",
      name: "U+201C",
      count: 3,
      places: [
        { line: 1, column: 6 },
        { line: 2, column: 1 },
        { line: 2, column: 4 },
      ],
    },
    {
      character: "”",
      name: "U+201D",
      count: 2,
      places: [
        { line: 1, column: 9 },
        { line: 2, column: 3 },
      ],
    },
  ]);
  expect(plan.untypableCount).toBe(5);
  expect(plan.strokes).toHaveLength(plan.characters - 5);
});

test("the fourth place and those after it only count", () => {
  const [only] = planPaste("é é é é é", "us").untypable;
  expect(only).toMatchObject({ count: 5, places: { length: 3 } });
});

test("a letter whose accent is written beside it is one character", () => {
  const plan = planPaste("cafe\u0301", "de");
  expect(plan.untypable).toEqual([]);
  expect(plan.strokes.map(({ code }) => code)).toEqual(["KeyC", "KeyA", "KeyF", "Equal", "KeyE"]);
});

test("a picture of several parts is told part by part, and a control character is none of the layout's", () => {
  const { untypable } = planPaste("a\u0007\u{1f600}", "gb");
  expect(untypable.map(({ name }) => name)).toEqual(["U+0007", "U+1F600"]);
});

test("nothing is nothing", () => {
  expect(planPaste("", "fr")).toEqual({
    strokes: [],
    untypable: [],
    untypableCount: 0,
    characters: 0,
    lineBreaks: 0,
  });
});
