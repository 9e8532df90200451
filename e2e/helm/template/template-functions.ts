import { stringify } from "yaml";

type Call = (...values: unknown[]) => unknown;

/** Go's and Sprig's functions as charts use them; the piped value is the last. */
export const templateFunctions: Record<string, Call> = {
  quote: (...values) => values.filter(isSet).map(quoted).join(" "),
  toJson: (value) => goJson(value ?? null),
  toYaml: (value) =>
    stringify(value ?? null, {
      version: "1.1",
      lineWidth: 0,
      aliasDuplicateObjects: false,
      sortMapEntries: true,
    }).trimEnd(),
  indent: (columns, text) => indented(Number(columns), textOf(text)),
  nindent: (columns, text) => `\n${indented(Number(columns), textOf(text))}`,
  default: (fallback, value) => (isTrue(value) ? value : fallback),
  required: (message, value) => {
    if (!isSet(value) || value === "") throw new Error(textOf(message));
    return value;
  },
  printf: (format, ...values) => printed(textOf(format), values),
  print: (...values) => values.map(textOf).join(""),
  trunc: (length, text) =>
    Number(length) < 0 ? textOf(text).slice(Number(length)) : textOf(text).slice(0, Number(length)),
  trimSuffix: (suffix, text) =>
    textOf(text).endsWith(textOf(suffix)) && textOf(suffix) !== ""
      ? textOf(text).slice(0, -textOf(suffix).length)
      : textOf(text),
  trimAll: (characters, text) => trimmed(textOf(characters), textOf(text)),
  trim: (text) => textOf(text).trim(),
  replace: (before, after, text) => textOf(text).replaceAll(textOf(before), textOf(after)),
  lower: (text) => textOf(text).toLowerCase(),
  upper: (text) => textOf(text).toUpperCase(),
  // Whole numbers of Go, which are never written with an exponent.
  int: (value) => BigInt(Math.trunc(Number(value))),
  not: (value) => !isTrue(value),
  eq: (one, ...others) => others.includes(one),
  ne: (one, other) => one !== other,
  and: (...values) => values.find((value) => !isTrue(value)) ?? values.at(-1),
  or: (...values) => values.find(isTrue) ?? values.at(-1),
};

/** Empty is false: zero, no text, no members, nothing. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** As an action writes it. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return goNumber(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  throw new Error(`an object cannot be written as text: ${JSON.stringify(value)}`);
}

/** Helm's numbers are floats, and Go writes large ones with an exponent. */
function goNumber(value: number): string {
  if (Math.abs(value) < 1e6) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, "e+0$1");
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function quoted(value: unknown): string {
  return JSON.stringify(textOf(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Go's JSON may stand within HTML. */
function goJson(value: unknown): string {
  return JSON.stringify(value, sorted).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function indented(columns: number, text: string): string {
  return text.replace(/^/gm, " ".repeat(columns));
}

function trimmed(characters: string, text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && characters.includes(text.charAt(from))) from += 1;
  while (to > from && characters.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function printed(format: string, values: unknown[]): string {
  const left = [...values];
  const text = format.replace(/%([%sdvq])/g, (_verb, kind: string) => {
    if (kind === "%") return "%";
    if (left.length === 0) throw new Error(`printf has too few values for ${format}`);
    const value = left.shift();
    return kind === "q" ? quoted(value) : textOf(value);
  });
  if (left.length > 0) throw new Error(`printf has too many values for ${format}`);
  return text;
}
