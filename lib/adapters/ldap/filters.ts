import { FilterParser } from "ldapts";
import type { Filter } from "ldapts";
import { LdapFailure } from "./failure";

export type LdapFilterRefusal = "placeholder-missing" | "placeholder-outside-value" | "syntax";

const lengthMax = 2000;

/** RFC 4515: what would end a value, widen it or continue elsewhere is written in hexadecimal; other letters stay. */
export function escapeFilterValue(value: string): string {
  return value.replace(
    /[\u0000-\u001f\u007f()*\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Null when a filter template can be filled: at least one placeholder, each inside a value. */
export function refusalOfFilter(template: string, placeholders: string[]): LdapFilterRefusal | null {
  if (template.length > lengthMax || !template.startsWith("(")) return "syntax";
  const marks = placeholders.map((name) => `{${name}}`);
  if (!marks.some((mark) => template.includes(mark))) return "placeholder-missing";
  const outsideValues = template.replace(/=[^()]*/g, "");
  if (marks.some((mark) => outsideValues.includes(mark))) return "placeholder-outside-value";
  const values = Object.fromEntries(placeholders.map((name) => [name, "x"]));
  return parseOrNull(fillTemplate(template, values)) ? null : "syntax";
}

/** The template with each value escaped in its place. */
export function fillFilter(template: string, values: Record<string, string>): Filter {
  const escaped = Object.entries(values).map(([name, value]) => [name, escapeFilterValue(value)]);
  return parseFilter(fillTemplate(template, Object.fromEntries(escaped)));
}

/** The template matching whoever has a value there at all. */
export function anyValueFilter(template: string, placeholders: string[]): Filter {
  return parseFilter(fillTemplate(template, Object.fromEntries(placeholders.map((name) => [name, "*"]))));
}

// A function as replacement, because a "$" in a text would be read as a pattern.
function fillTemplate(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? mark) : mark,
  );
}

function parseFilter(text: string): Filter {
  return parseOrNull(text) ?? refuseFilter();
}

function refuseFilter(): never {
  throw new LdapFailure("rejected", "filter", "the filter is not one of RFC 4515");
}

// The parser closes an open set by itself; escaped values hold no parentheses, so counting them is enough.
function parseOrNull(text: string): Filter | null {
  if (text.split("(").length !== text.split(")").length) return null;
  try {
    return FilterParser.parseString(text);
  } catch {
    return null;
  }
}
