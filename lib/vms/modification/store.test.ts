import { expect, test } from "vitest";
import { asStorableText } from "./store";

test("a cluster's words lose what no database takes, and nothing else", () => {
  const words = {
    "k\u0000ey": "a\u0000b",
    half: "x\ud83d",
    other: "\udc00y",
    whole: "😀 \\u0000 \\ud83d \n \u001f",
  };
  expect(JSON.parse(asStorableText(words))).toEqual({
    ...{ key: "ab", half: "x\ufffd", other: "\ufffdy" },
    whole: "😀 \\u0000 \\ud83d \n \u001f",
  });
});
