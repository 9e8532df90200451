import { commonPasswordWords } from "@/lib/vocabulary/common-passwords";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";

/** What a browser says about where a request comes from; programs send none of it. */
export interface RequestOrigin {
  origin: string | null;
  fetchSite: string | null;
  host: string | null;
}

/**
 * Whether a request that carries the cookie may change something: a page of this portal sent it, or no browser at all.
 * The cookie belongs to the host it was set for, so an origin equal to the request's own host is as good as the public one.
 */
export function isSameOrigin(request: RequestOrigin, publicOrigin: string): boolean {
  if (request.fetchSite !== null && !["same-origin", "none"].includes(request.fetchSite)) return false;
  if (request.origin === null || request.origin === publicOrigin) return true;
  const scheme = publicOrigin.slice(0, publicOrigin.indexOf(":"));
  return request.host !== null && request.origin === `${scheme}://${request.host}`;
}

export const sessionCookieName = "session_id";

/** The session cookie's value among the cookies a client sent. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** `Authorization: Bearer shp_…`; null for any other shape, so that nothing else is ever looked up. */
export function readBearerToken(authorization: string): string | null {
  return /^[Bb]earer (shp_[A-Za-z0-9_-]{43})$/.exec(authorization)?.[1] ?? null;
}

interface SignInFacts {
  hasSecondFactor: boolean;
  mustHaveFactor: boolean;
  mustChangePassword: boolean;
  mfaAt: Date | null;
}

/** What a sign-in still lacks: who has a second factor proves it before anything else may be done with the session. */
export function pendingStep(facts: SignInFacts): SignInStep | null {
  if (facts.hasSecondFactor && facts.mfaAt === null) return "verify_mfa";
  if (facts.mustChangePassword) return "change_password";
  return facts.mustHaveFactor && !facts.hasSecondFactor ? "enroll_mfa" : null;
}

/** A token that passes where a fresh second factor is asked for lives no longer. */
export const elevatedDaysMax = 30;

export const passwordLengthMax = 256;

/** What must remain of a password once guessable parts are taken out of it. */
const unguessableMin = 8;

export interface PasswordFacts {
  lengthMin: number;
  /** Words an attacker tries for this person: their name, the product's, the host's. */
  ownWords: readonly string[];
}

export type PasswordProblem =
  | { code: "too_short"; params: { minimum: number } }
  | { code: "too_long"; params: { maximum: number } }
  | {
      code: "password_repeated" | "password_sequential" | "password_common" | "password_own_words";
      params: object;
    };

/** Why a new password is refused, or null; length and guessability only, no composition rules (spec §0.6). */
export function passwordProblem(
  password: string,
  { lengthMin, ownWords }: PasswordFacts,
): PasswordProblem | null {
  const normal = password.normalize("NFC");
  const length = [...normal].length;
  if (length < lengthMin) return { code: "too_short", params: { minimum: lengthMin } };
  if (length > passwordLengthMax) return { code: "too_long", params: { maximum: passwordLengthMax } };
  const lower = normal.toLowerCase();
  if (new Set(lower).size < 5 || /^(.{1,8})\1+.{0,2}$/su.test(lower))
    return { code: "password_repeated", params: {} };
  if (withoutRuns(lower).length < unguessableMin) return { code: "password_sequential", params: {} };
  const words = ownWords.map((word) => word.toLowerCase()).filter((word) => word.length >= 4);
  if ([lower, reversedText(lower)].some((text) => isMadeOf(text, words)))
    return { code: "password_own_words", params: {} };
  const isCommon = readings(lower).some((text) => isMadeOf(text, [...words, ...commonPasswordWords]));
  return isCommon ? { code: "password_common", params: {} } : null;
}

/** As it stands without what separates words, with the figures that stand for letters read as letters, and backwards. */
function readings(text: string): string[] {
  const letters = text.replace(/[^\p{L}\p{N}@$]/gu, "");
  const spelled = letters
    .replace(/[@4]/g, "a")
    .replace(/0/g, "o")
    .replace(/1/g, "i")
    .replace(/3/g, "e")
    .replace(/[$5]/g, "s");
  return [letters, spelled, reversedText(letters)];
}

function reversedText(text: string): string {
  return [...text].reverse().join("");
}

/**
 * Whether the words leave too little: what counts are the characters outside them and outside runs, and two for each
 * different word, so that four common words make a passphrase again.
 */
function isMadeOf(text: string, words: readonly string[]): boolean {
  let rest = text;
  let used = 0;
  for (const word of words.toSorted((one, other) => other.length - one.length)) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, "");
    used += 1;
  }
  return used > 0 && withoutRuns(rest).length + 2 * used < unguessableMin;
}

/** Ways along a keyboard: its rows, its columns, and two rows at once. */
const keyboardWays = [
  ...["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "1234567890", "!@#$%^&*()_+"],
  ...[
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "zaq12wsxcde34rfvbgt56yhnmju78ik",
  ],
  ...["1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0"],
];

/** Takes out runs of four or more neighbours, up or down: 1234, fedc, and ways along the keyboard. */
function withoutRuns(text: string): string {
  const rows = [...keyboardWays, ...keyboardWays.map(reversedText)];
  const isNext = (from: string, to: string) =>
    Math.abs((from.codePointAt(0) ?? 0) - (to.codePointAt(0) ?? 0)) <= 1 ||
    rows.some((row) => row.includes(from + to));
  const characters = [...text];
  const kept: string[] = [];
  for (let at = 0; at < characters.length;) {
    let end = at + 1;
    while (end < characters.length && isNext(characters[end - 1] ?? "", characters[end] ?? "")) end += 1;
    if (end - at < 4) kept.push(...characters.slice(at, end));
    at = end;
  }
  return kept.join("");
}

/** How a new password stands while it is typed, in words; the server decides. */
export function passwordStrength(
  password: string,
  facts: PasswordFacts,
): "empty" | "refused" | "fair" | "good" | "strong" {
  if (password === "") return "empty";
  if (passwordProblem(password, facts) !== null) return "refused";
  const length = [...password].length;
  if (length >= facts.lengthMin + 9) return "strong";
  return length >= facts.lengthMin + 4 ? "good" : "fair";
}

/** Where to go after signing in: a path of this portal, whatever a link suggests. */
export function ownPath(path: string | null | undefined): string {
  if (path === null || path === undefined || !/^\/(?![/\\])[\x20-\x7e]*$/.test(path)) return "/";
  return /^\/(login|change-password|mfa|set-password|api)(\/|\?|$)/.test(path) ? "/" : path;
}
