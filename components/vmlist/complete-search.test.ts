import { expect, test } from "vitest";
import { insertChoice, keysFor, typingAt } from "./complete-search";

/** The caret stands where the bar is. */
function at(text: string) {
  const caret = text.indexOf("|");
  return { text: text.replace("|", ""), caret };
}

test.each([
  ["|", { kind: "key", text: "" }],
  ["st|", { kind: "key", text: "st" }],
  ["redis st|", { kind: "key", text: "st" }],
  ["-st|", { kind: "key", text: "st" }],
  ["status:|", { kind: "fixed", key: "status", text: "" }],
  ["status:running,st|", { kind: "fixed", key: "status", text: "st" }],
  ["system:sh|", { kind: "named", key: "system", text: "sh" }],
  ['system:"sh op|', { kind: "named", key: "system", text: "sh op" }],
  ["system:shop |", { kind: "key", text: "" }],
])("at %s", (marked, expected) => {
  const { text, caret } = at(marked);
  expect(typingAt(text, caret)).toMatchObject(expected);
});

test("numbers are not guessed", () => {
  expect(typingAt("cpu>", 4)).toBeNull();
});

test("keys come with the sign that mostly follows", () => {
  expect(keysFor("s")).toEqual(["system:", "service:", "size:", "status:", "since<"]);
  expect(keysFor("status")).toEqual([]);
});

test.each([
  ["st|", "status:", "status:|"],
  ["redis st| cpu>4", "status:", "redis status:| cpu>4"],
  ["status:ru|", "running", "status:running |"],
  ["status:running,st|", "stopped", "status:running,stopped |"],
  ["-system:sh| cpu>4", "shop", "-system:shop |cpu>4"],
  ["owner:da|", "Dana Kim", 'owner:"Dana Kim" |'],
])("%s with %s", (marked, choice, expected) => {
  const { text, caret } = at(marked);
  const typing = typingAt(text, caret);
  if (typing === null) throw new Error("nothing is typed there");
  const next = insertChoice(text, typing, choice);
  expect(`${next.text.slice(0, next.caret)}|${next.text.slice(next.caret)}`).toBe(expected);
});
