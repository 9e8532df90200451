import { readTokens, type Token } from "./tokens/rules";
import { termOf } from "./terms/rules";
import { termsMax, type ParsedSearch, type SearchTerm, type TextValue } from "./schema";

/** Reads a search; what is not understood is left out and told, with its place in the text. */
export function parseSearch(text: string): ParsedSearch {
  const parsed: ParsedSearch = { terms: [], problems: [] };
  for (const token of readTokens(text)) addToken(parsed, token);
  return parsed;
}

function addToken(parsed: ParsedSearch, token: Token): void {
  if (parsed.terms.length >= termsMax) {
    if (parsed.problems.at(-1)?.code === "too_much") return;
    const { at, length, text } = token;
    parsed.problems.push({ code: "too_much", at, length, text, suggestion: null });
    return;
  }
  const read = termOf(token);
  if ("code" in read) parsed.problems.push(read);
  else parsed.terms.push(read);
}

/** Writes terms so that they read back as they are. */
export function printSearch(terms: readonly SearchTerm[]): string {
  return terms.map((term) => (term.isNegated ? "-" : "") + printTerm(term)).join(" ");
}

function printTerm(term: SearchTerm): string {
  switch (term.type) {
    case "free":
      return printFree(term.value);
    case "text":
      return `${term.key}:${term.values.map(printValue).join(",")}`;
    case "state":
      return `status:${term.values.map((state) => state.toLowerCase()).join(",")}`;
    case "number":
      return `${term.key}${signOf(term.comparison)}${term.values.join(",")}`;
    case "duration":
      return `${term.key}${term.comparison}${term.amount}${term.unit}`;
    case "never":
      return "expires:never";
    case "switch":
      return `protected:${term.isOn ? "yes" : "no"}`;
  }
}

function signOf(comparison: string): string {
  return comparison === "=" ? ":" : comparison;
}

function printValue({ text, isPattern }: TextValue): string {
  return isPattern || /^[^\s,"*]+$/.test(text) ? text : quoted(text);
}

/** A word that would read as a key, a negation or a pattern stands in quotes. */
function printFree({ text, isPattern }: TextValue): string {
  const isPlain = /^[^\s"*-][^\s*]*$/.test(text) && !/^[A-Za-z]+[:<>=]/.test(text);
  return isPattern || isPlain ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** The search without what says something of these keys, and with this instead. */
export function withTerms(text: string, keys: readonly string[], added: readonly SearchTerm[]): string {
  const kept = parseSearch(text).terms.filter((term) => !("key" in term && keys.includes(term.key)));
  return printSearch([...kept, ...added]);
}

/** A condition that names one thing exactly. */
export function exactly(key: "system" | "service", name: string): SearchTerm {
  return { type: "text", key, isNegated: false, values: [{ text: name, isPattern: false }] };
}
