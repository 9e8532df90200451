import type { TextValue } from "../schema";

/** A part of the text between spaces; values keep whether they stood in quotes. */
export interface Token {
  at: number;
  length: number;
  /** As it was typed. */
  text: string;
  isNegated: boolean;
  /** Null for free text. */
  key: string | null;
  sign: string;
  values: TokenValue[];
}

export interface TokenValue extends TextValue {
  at: number;
  length: number;
  isQuoted: boolean;
  isOpen: boolean;
}

const keyAndSign = /([A-Za-z]+)(>=|<=|[:><=])/y;
const space = /\s/;

export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skipSpace(text, at + token.length);
  }
  return tokens;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && space.test(text.charAt(at))) at += 1;
  return at;
}

function readToken(text: string, at: number): Token {
  const isNegated = text.charAt(at) === "-" && at + 1 < text.length && !space.test(text.charAt(at + 1));
  const from = isNegated ? at + 1 : at;
  keyAndSign.lastIndex = from;
  const [whole = "", key, sign = ""] = keyAndSign.exec(text) ?? [];
  const values = key === undefined ? [readValue(text, from, /\s/)] : readValues(text, from + whole.length);
  const end = values.reduce(
    (latest, value) => Math.max(latest, value.at + value.length),
    from + whole.length,
  );
  return {
    ...{ at, length: end - at, text: text.slice(at, end) },
    ...{ isNegated, key: key?.toLowerCase() ?? null, sign, values },
  };
}

function readValues(text: string, from: number): TokenValue[] {
  const values: TokenValue[] = [];
  let at = from;
  for (;;) {
    const value = readValue(text, at, /[\s,]/);
    values.push(value);
    at = value.at + value.length;
    if (text.charAt(at) !== ",") return values;
    at += 1;
  }
}

function readValue(text: string, at: number, end: RegExp): TokenValue {
  if (text.charAt(at) === '"') return readQuoted(text, at);
  let to = at;
  while (to < text.length && !end.test(text.charAt(to))) to += 1;
  const word = text.slice(at, to);
  return { text: word, isPattern: word.includes("*"), at, length: to - at, isQuoted: false, isOpen: false };
}

function readQuoted(text: string, at: number): TokenValue {
  let inside = "";
  let to = at + 1;
  while (to < text.length && text.charAt(to) !== '"') {
    if (text.charAt(to) === "\\" && to + 1 < text.length) to += 1;
    inside += text.charAt(to);
    to += 1;
  }
  const isOpen = to >= text.length;
  const length = (isOpen ? to : to + 1) - at;
  return { text: inside, isPattern: false, at, length, isQuoted: true, isOpen };
}
