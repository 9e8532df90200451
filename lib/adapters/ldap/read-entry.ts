import type { Entry } from "ldapts";
import { isBinaryName } from "./session";
import type { LdapConfig, LdapPerson } from "./types";

const attributesMax = 100;
const valuesMax = 500;
const valueLengthMax = 1024;
const secret = /password|pwd|secret|krb|pkinit|^lapsw|privatekey/i;

/** The values of an attribute that are text; other values are not read. */
export function textValues(entry: Entry, attribute: string): string[] {
  return valuesOf(entry, attribute).filter((value) => typeof value === "string");
}

/** The person an entry describes, or null where it has no id or no name to sign in with. */
export function readPerson(entry: Entry, names: LdapConfig["attributes"]): Omit<LdapPerson, "groups"> | null {
  const externalId = readIdentifier(entry, names.id);
  const [username] = textValues(entry, names.username);
  if (!externalId || !username) return null;
  return {
    dn: entry.dn,
    externalId,
    username,
    email: textValues(entry, names.email)[0] ?? null,
    displayName: textValues(entry, names.displayName)[0] ?? username,
    attributes: readAttributes(entry),
  };
}

/** Bytes as hexadecimal digits; an attribute of two values identifies nobody. */
function readIdentifier(entry: Entry, attribute: string): string | null {
  const [value, ...more] = valuesOf(entry, attribute);
  if (value === undefined || more.length > 0) return null;
  if (typeof value === "string") return value === "" ? null : value;
  return isBinaryName(attribute) ? value.toString("hex") : null;
}

function readAttributes(entry: Entry): Record<string, string[]> {
  const kept = Object.keys(entry)
    .filter((name) => /^[A-Za-z][\w-]*$/.test(name) && name !== "dn" && !secret.test(name))
    .map((name): [string, string[]] => [name, shortTexts(entry, name)])
    .filter(([, values]) => values.length > 0);
  return Object.fromEntries(kept.slice(0, attributesMax));
}

function shortTexts(entry: Entry, name: string): string[] {
  return textValues(entry, name)
    .filter((value) => value.length <= valueLengthMax && !/[\u0000-\u0008\u000e-\u001f]/.test(value))
    .slice(0, valuesMax);
}

function valuesOf(entry: Entry, attribute: string): (string | Buffer)[] {
  const wanted = attribute.toLowerCase();
  const name = Object.keys(entry).find((key) => key.toLowerCase() === wanted && key !== "dn");
  const value = name === undefined ? [] : entry[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
