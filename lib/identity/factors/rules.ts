export const factorTypes = ["totp", "webauthn"] as const;
export type FactorType = (typeof factorTypes)[number];

/** Who may ask that somebody has a second factor. */
export const demandKinds = ["setting", "role", "provider"] as const;

export const factorsMax = 10;
export const recoveryCodesCount = 10;
/** A code is good in its own half minute and in the ones beside it, for clocks that differ. */
export const toleranceSeconds = 30;
export const challengeMinutes = 5;
/** An enrolment that was begun and not confirmed by then counts for nothing. */
export const enrollmentMinutes = 15;

export interface PasskeyParty {
  id: string;
  origin: string;
}

/** What passkeys are bound to: browsers offer them only to named hosts, and only over TLS or on this very machine. */
export function passkeyParty({ hostname, origin, protocol }: URL): PasskeyParty | null {
  const isAddress = /^\[.*\]$|^\d+(\.\d+){3}$/.test(hostname);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  if (isAddress || (protocol !== "https:" && !isLocal)) return null;
  return { id: hostname, origin };
}

/** The six digits of an authenticator app however they were typed; null for anything else. */
export function readDigits(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Without letters that look like digits; five bits each. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 16;

/** Eighty random bits in groups of four characters, so that they can be read from paper. */
export function writeRecoveryCode(random: Uint8Array): string {
  const characters = [...random.subarray(0, codeLength)].map((byte) =>
    alphabet.charAt(byte % alphabet.length),
  );
  return (characters.join("").match(/.{4}/g) ?? []).join("-");
}

/** What somebody typed from paper, as it was written; null where it cannot have been. */
export function readRecoveryCode(text: string): string | null {
  const plain = text.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  if (plain.length !== codeLength || [...plain].some((letter) => !alphabet.includes(letter))) return null;
  return (plain.match(/.{4}/g) ?? []).join("-");
}
