import type { FailureWord, OutsideFailure } from "@/lib/core/outside-failure";

export type LdapFailureReason =
  | "address"
  | "certificate"
  | "start-tls"
  | "unreachable"
  | "timeout"
  | "credentials"
  | "access"
  | "base"
  | "filter"
  | "attribute"
  | "limit"
  | "referral"
  | "answer";

const messageLengthMax = 500;

/** What a directory said, or failed to say; its message holds nothing that was typed. */
export class LdapFailure extends Error implements OutsideFailure {
  readonly kind: FailureWord;
  readonly reason: LdapFailureReason;
  /** The directory's result code, where it gave one. */
  code: number | null = null;

  constructor(kind: FailureWord, reason: LdapFailureReason, message: string) {
    super(message.replace(/\p{Cc}+/gu, " ").slice(0, messageLengthMax));
    this.name = "LdapFailure";
    this.kind = kind;
    this.reason = reason;
  }
}

/** Result codes of RFC 4511 that say whose fault it is; the others may pass. */
const reasonOfCode: Record<number, [FailureWord, LdapFailureReason]> = {
  2: ["rejected", "answer"],
  3: ["unavailable", "timeout"],
  4: ["rejected", "limit"],
  7: ["rejected", "credentials"],
  8: ["rejected", "credentials"],
  10: ["rejected", "referral"],
  11: ["rejected", "limit"],
  13: ["rejected", "start-tls"],
  18: ["rejected", "filter"],
  32: ["rejected", "base"],
  34: ["rejected", "base"],
  48: ["rejected", "credentials"],
  49: ["rejected", "credentials"],
  50: ["rejected", "access"],
  53: ["rejected", "access"],
};

/** Anything a connection can fail with, as one of the four words. */
export function asLdapFailure(error: unknown): LdapFailure {
  if (error instanceof LdapFailure) return error;
  if (!(error instanceof Error)) return new LdapFailure("unavailable", "answer", "an unknown failure");
  const code = resultCode(error);
  return code === null ? failureOfSocket(error) : failureOfCode(code);
}

/** The number a directory refused with, or null where it is another kind of error. */
export function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "number" ? error.code : null;
}

function failureOfCode(code: number): LdapFailure {
  const [kind, reason] = reasonOfCode[code] ?? ["unavailable", "answer"];
  const failure = new LdapFailure(kind, reason, `the directory answers with result ${code}`);
  failure.code = code;
  return failure;
}

function failureOfSocket(error: Error): LdapFailure {
  const words = wordsOf(error);
  if (words.includes("EADDRREFUSED")) return new LdapFailure("rejected", "address", "the address is refused");
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(words))
    return new LdapFailure("rejected", "certificate", `the directory is not trusted (${words})`);
  if (/timed out|timeout|ETIMEDOUT|AbortError/i.test(`${words} ${error.message}`))
    return new LdapFailure("unavailable", "timeout", "the directory does not answer in time");
  return new LdapFailure("unavailable", "unreachable", `the directory cannot be reached (${words})`);
}

function wordsOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.map(codeOf) : [];
  return [codeOf(error), ...inner].join(" ");
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
