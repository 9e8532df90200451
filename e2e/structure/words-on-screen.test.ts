import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";
import { wordsOnScreen } from "./words-on-screen.mjs";

function lint(code: string): string[] {
  const linter = new Linter();
  const messages = linter.verify(
    code,
    [
      {
        files: ["**/*.tsx"],
        languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        rules: { "no-restricted-syntax": ["error", ...wordsOnScreen] },
      },
    ],
    { filename: "components/planted.tsx" },
  );
  return messages.map(({ message }) => message);
}

test.each([
  "<p>Delete it</p>",
  "<p>删除</p>",
  "<Button>Save</Button>",
  '<Input placeholder="Type the name" />',
  '<Icon aria-label="Close" />',
  '<Field label="Reason" />',
  '<p>{"Nothing is here"}</p>',
])("a word in code that people would read fails the check: %s", (code) => {
  expect(lint(`export const planted = ${code};`)).toEqual([expect.stringContaining("components/messages")]);
});

test.each([
  "<p>{t('delete')}</p>",
  '<Kbd>{"Esc"}</Kbd>',
  "<p>{a} · {b} – {c}</p>",
  '<Input placeholder="https://prometheus.example" name="address" />',
  '<div className="grid gap-2" />',
])("what is no word is let be: %s", (code) => {
  expect(lint(`export const planted = ${code};`)).toEqual([]);
});
