import { cohortText } from "../rules";
import type { ClaimsMapping } from "../schema";

/** What a provider says about somebody, as its wall hands it over. */
export type Attributes = Record<string, unknown>;

export interface Cohort {
  kind: string;
  key: string;
}

/** Somebody as a provider vouches for them, in the portal's own words. */
export interface ExternalPerson {
  /** The provider's name for them that never changes. */
  externalId: string;
  username: string;
  email: string | null;
  displayName: string;
  attributes: Attributes;
  /** Null: the provider did not say; an empty list: it said none. */
  cohorts: Cohort[] | null;
}

const cohortsMax = 2000;
const keyLengthMax = 512;

/** A person from claims or attributes, by the fields an administrator chose. */
export function personFromAttributes(
  externalId: string,
  attributes: Attributes,
  mapping: ClaimsMapping,
): ExternalPerson {
  const read = (name: string | null) => (name === null ? null : firstText(readAttribute(attributes, name)));
  const email = read(mapping.email);
  const username = read(mapping.username) ?? email ?? externalId;
  return {
    externalId,
    username,
    email: isEmail(email) && attributes["email_verified"] !== false ? email.toLowerCase() : null,
    displayName: (read(mapping.displayName) ?? username).trim().slice(0, 100) || externalId.slice(0, 100),
    attributes,
    cohorts: mapping.groups === null ? null : readCohorts(attributes, mapping),
  };
}

/** By its whole name first, because claims may be named with dots and slashes; then as a path into objects. */
export function readAttribute(attributes: Attributes, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return name.split(".").reduce<unknown>((value, part) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
    return Object.entries(value).find(([key]) => key === part)?.[1];
  }, attributes);
}

/** Null where the field is absent or nothing that names cohorts: then the provider did not say. */
function readCohorts(attributes: Attributes, mapping: ClaimsMapping): Cohort[] | null {
  const texts = textsOf(mapping.groups === null ? undefined : readAttribute(attributes, mapping.groups));
  if (texts === null) return null;
  const keys = texts
    .flatMap((text) => keysOf(text, mapping.groupsFormat))
    .map((key) => key.trim())
    .filter((key) => key !== "" && key.length <= keyLengthMax && !key.includes("\0"));
  return [...new Set(keys)].slice(0, cohortsMax).map((key) => ({ kind: mapping.cohortKind, key }));
}

function textsOf(value: unknown): string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  return value.every((one) => typeof one === "string") ? value : null;
}

function keysOf(text: string, format: ClaimsMapping["groupsFormat"]): string[] {
  switch (format) {
    case "array":
      return [text];
    case "csv":
      return text.split(/[,;]/);
    case "ldap_dn":
      return [firstNameOf(text)];
  }
}

/** The first name in a distinguished name: "cn=team-a\, berlin,ou=groups,dc=shop" → "team-a, berlin". */
export function firstNameOf(distinguishedName: string): string {
  const [, value] = /^\s*[\w.-]+\s*=\s*((?:\\.|[^,+\\])*)/s.exec(distinguishedName) ?? [];
  if (value === undefined) return distinguishedName;
  return value
    .trim()
    .replace(/((?:\\[0-9a-f]{2})+)|\\(.)/gi, (_all, hex: string | undefined, one: string) =>
      hex === undefined ? one : decodeHex(hex),
    );
}

function decodeHex(escaped: string): string {
  const bytes = escaped.match(/[0-9a-f]{2}/gi) ?? [];
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
}

function firstText(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first === "number") return String(first);
  if (typeof first !== "string" || first.includes("\0")) return null;
  return first.trim() === "" ? null : first.trim();
}

function isEmail(text: string | null): text is string {
  return text !== null && text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/** A user name of the portal's own form, made of whatever the provider calls somebody. */
export function usernameFrom(claim: string): string {
  const plain = claim
    .replace(/@.*$/s, "")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .replace(/[-._]+$/, "")
    .slice(0, 56);
  return plain.length >= 2 ? plain : `person-${plain}`.replace(/-$/, "");
}

const suffixesTried = 20;

/** The names to try, one after the other: the plain one, then numbered ones. */
export function usernameCandidates(claim: string): string[] {
  const name = usernameFrom(claim);
  return [name, ...Array.from({ length: suffixesTried }, (_none, at) => `${name}-${at + 2}`)];
}

const shownMax = { members: 60, textLength: 500, listLength: 100 };

/** What of the attributes is kept for looking at: plain values, bounded. */
export function shownAttributes(
  attributes: Attributes,
): Record<string, string | number | boolean | string[]> {
  const entries = flatten(attributes).flatMap(([name, value]) => {
    const shown = shownValue(value);
    return shown === null || name.length > 200 || isProtocolClaim(name) ? [] : [[name, shown] as const];
  });
  return Object.fromEntries(entries.slice(0, shownMax.members));
}

const depthMax = 3;

/** Members of members under their path, as a mapping names them. */
function flatten(attributes: Attributes, prefix = "", depth = 1): [string, unknown][] {
  return Object.entries(attributes).flatMap(([key, value]): [string, unknown][] => {
    const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
    if (!isObject || depth >= depthMax) return [[prefix + key, value]];
    return flatten({ ...value }, `${prefix}${key}.`, depth + 1);
  });
}

function shownValue(value: unknown): string | number | boolean | string[] | null {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return shownText(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
    return value.slice(0, shownMax.listLength).map(shownText);
  }
  return null;
}

function shownText(text: string): string {
  return text.replaceAll("\0", "").slice(0, shownMax.textLength);
}

/** Claims about the token, not about the person. */
const protocolClaims = [
  ...[
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "sid",
    "jti",
  ],
  ...["userPassword"],
];

export function isProtocolClaim(name: string): boolean {
  return protocolClaims.includes(name);
}

export function cohortTexts(cohorts: readonly Cohort[]): string[] {
  return cohorts.map(cohortText);
}
