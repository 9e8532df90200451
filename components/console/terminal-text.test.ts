import { expect, test } from "vitest";
import { fileNameOf } from "./save-file";
import { terminalText, type TerminalLines } from "./terminal-text";

function aBuffer(...lines: readonly (readonly [text: string, isWrapped?: boolean])[]): TerminalLines {
  return {
    length: lines.length,
    getLine: (at) => {
      const line = lines[at];
      if (line === undefined) return undefined;
      const [text, isWrapped = false] = line;
      return { isWrapped, translateToString: (trims = false) => (trims ? text.trimEnd() : text) };
    },
  };
}

test("a line that the terminal broke is whole again, blanks at the break included", () => {
  expect(terminalText(aBuffer(["login: ro"], ["a long "], ["line   ", true], ["$      "]))).toBe(
    "login: ro\na long line\n$\n",
  );
});

test("the empty rest of the screen is not text", () => {
  expect(terminalText(aBuffer(["up"], ["   "], ["   "]))).toBe("up\n");
});

test("a file is named by the machine and the moment", () => {
  expect(fileNameOf("shop-01", "png", new Date(2026, 10, 3, 9, 5, 7))).toBe(
    "shop-01_2026-11-03_09-05-07.png",
  );
});
