import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { readKubeconfigText } from "./kubeconfig-text";

const hostileTexts: [name: string, reason: string, text: string][] = [
  ["nothing", "not-yaml", ""],
  ["broken YAML", "not-yaml", "clusters: [\n"],
  ["a tab as indent", "not-yaml", "clusters:\n\t- name: a"],
  ["two documents", "several-documents", "kind: Config\n---\nkind: Config\n"],
  ["an alias", "alias", "extensions: [&a x, *a]"],
  ["an anchor alone", "alias", "kind: &a Config"],
  ["an anchor on a key", "alias", "&a kind: Config"],
  ["a billion laughs", "alias", billionLaughs()],
  ["a bomb of brackets", "too-deep", `extensions: ${"[".repeat(100_000)}`],
  ["a bomb of braces", "too-many-nodes", '{"a":'.repeat(40_000)],
  ["deep nesting", "too-deep", JSON.stringify({ extensions: nested(20) })],
  ["too many values", "too-many-nodes", JSON.stringify({ extensions: Array(6_000).fill(1) })],
  ["half a megabyte", "too-large", JSON.stringify({ extensions: "x".repeat(512 * 1024) })],
  ["a custom tag", "custom-tag", "token: !secret abc"],
  ["a javascript tag", "custom-tag", 'x: !!js/function "function(){}"'],
  ["a binary tag", "custom-tag", "token: !!binary eyJh"],
  ["a written core tag", "custom-tag", "token: !!str 12"],
  ["a tag on a key", "custom-tag", "!!str token: abc"],
  ["a YAML 1.1 directive", "directive", "%YAML 1.1\n---\nkind: Config"],
  ["a tag directive", "directive", "%TAG ! tag:evil,2000:\n---\nkind: Config"],
  ["a merge key", "merge-key", "kind: Config\n<<: {exec: {}}\n"],
  ["a key twice", "duplicate-key", "kind: Config\nkind: Config\n"],
  ["a key twice in JSON", "duplicate-key", '{"users":[],"users":[]}'],
  ["a key twice, once quoted", "duplicate-key", "users: []\n'users': []\n"],
  ["a list as a key", "non-string", "? [a]\n: b\n"],
  ["__proto__", "unknown-key", '{"__proto__": {"clusters": []}}'],
  ["constructor deep inside", "unknown-key", "users: [{user: {constructor: {prototype: {}}}}]"],
];

test.each(hostileTexts)("%s is refused: %s", (_name, reason, text) => {
  expect(reasonOf(text)).toBe(reason);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("YAML and JSON read the same, words stay words", () => {
  const expected = { "current-context": "yes", clusters: [{ name: "on" }], preferences: {} };
  expect(readKubeconfigText("current-context: yes\nclusters:\n- name: on\npreferences: {}\n...\n")).toEqual(
    expected,
  );
  expect(readKubeconfigText(JSON.stringify(expected))).toEqual(expected);
});

function reasonOf(text: string): unknown {
  try {
    return readKubeconfigText(text);
  } catch (error) {
    return error instanceof AppError ? error.params.reason : error;
  }
}

function billionLaughs(): string {
  const levels = Array.from(
    { length: 9 },
    (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`,
  );
  return `l0: &l0 lol\n${levels.join("\n")}\n`;
}

function nested(depth: number): unknown {
  return depth === 0 ? "x" : [nested(depth - 1)];
}
