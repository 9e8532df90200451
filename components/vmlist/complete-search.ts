import { printSearch } from "@/lib/vms/list/language/rules";
import { durationKeys, numberKeys, searchKeys } from "@/lib/vms/list/language/schema";
import { readTokens } from "@/lib/vms/list/language/tokens/rules";
import { namedKeys, type NamedKey } from "@/lib/vms/list/columns/rules";
import { vmMachine } from "@/lib/vms/machine";

/** What is being typed where the caret stands, and which part of the text a choice takes the place of. */
export type Typing = { from: number; to: number; text: string } & (
  | { kind: "key" }
  /** Values that are known by heart. */
  | { kind: "fixed"; key: string; values: readonly string[] }
  /** Values that the server knows. */
  | { kind: "named"; key: NamedKey }
);

const fixedValues: Record<string, readonly string[]> = {
  status: vmMachine.states.map((state) => state.toLowerCase()),
  protected: ["yes", "no"],
  expires: ["never"],
};

/** Null where nothing can be offered. */
export function typingAt(text: string, caret: number): Typing | null {
  const token = readTokens(text).find(({ at, length }) => at <= caret && caret <= at + length);
  if (token === undefined) return { kind: "key", from: caret, to: caret, text: "" };
  const value = token.values.findLast(({ at }) => at <= caret);
  if (value === undefined) return null;
  const place = { from: value.at, to: value.at + value.length, text: typedText(text, value.at, caret) };
  if (token.key === null) return { kind: "key", ...place };
  const named = namedKeys.find((key) => key === token.key);
  if (named !== undefined) return { kind: "named", key: named, ...place };
  const values = Object.hasOwn(fixedValues, token.key) ? fixedValues[token.key] : undefined;
  return values === undefined ? null : { kind: "fixed", key: token.key, values, ...place };
}

function typedText(text: string, from: number, caret: number): string {
  return text.slice(from, caret).replace(/^"/, "").toLowerCase();
}

/** The keys that begin so, each with the sign that mostly follows. */
export function keysFor(text: string): string[] {
  return searchKeys.filter((key) => key.startsWith(text) && key !== text).map(withSign);
}

function withSign(key: string): string {
  const isCompared = [...numberKeys, ...durationKeys].some((one) => one === key);
  return isCompared ? `${key}<` : `${key}:`;
}

/** The text with the choice in it, and where the caret goes. */
export function insertChoice(text: string, typing: Typing, choice: string): { text: string; caret: number } {
  const written = typing.kind === "key" ? choice : `${asValue(choice)} `;
  const rest = text.slice(typing.to);
  const before = text.slice(0, typing.from) + written;
  return { text: before + (written.endsWith(" ") ? rest.trimStart() : rest), caret: before.length };
}

function asValue(choice: string): string {
  const value = { text: choice, isPattern: false };
  return printSearch([{ type: "text", key: "name", isNegated: false, values: [value] }]).slice(
    "name:".length,
  );
}
