import { stringify } from "yaml";

/** Go's YAML takes some of these for the end of a line, and refuses the others where they stand as they are. */
const oddCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Kubernetes and Helm read YAML 1.1, where `on` is a switch and 12:30 a number. */
const options = { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false } as const;
const quotedAlone = {
  defaultStringType: "QUOTE_DOUBLE",
  defaultKeyType: "QUOTE_DOUBLE",
  blockQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

/** As people read it best; where a text has an odd character, every text in quotes and that character escaped. */
export function renderYaml(value: unknown): string {
  const text = stringify(value, options);
  if (!oddCharacters.test(textsOf(value))) return text;
  return stringify(value, { ...options, ...quotedAlone }).replace(
    new RegExp(oddCharacters, "g"),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** All keys and texts within. */
function textsOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value === "string" ? value : "";
  return Object.entries(value)
    .map(([key, member]: [string, unknown]) => key + textsOf(member))
    .join("");
}
