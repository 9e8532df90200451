import type { FailureWord, OutsideFailure } from "@/lib/core/outside-failure";

export type MailFailureReason =
  "address" | "insecure" | "certificate" | "credentials" | "recipient" | "unreachable" | "refused";

/** A mail that the server did not take; the message names the place and the server's words, never what was sent. */
export class MailFailure extends Error implements OutsideFailure {
  readonly kind: FailureWord;
  readonly reason: MailFailureReason;
  readonly responseCode: number | null;

  constructor(
    kind: FailureWord,
    reason: MailFailureReason,
    message: string,
    responseCode: number | null = null,
  ) {
    super(message);
    this.name = "MailFailure";
    this.kind = kind;
    this.reason = reason;
    this.responseCode = responseCode;
  }
}

interface SmtpError {
  code: string;
  responseCode: number | null;
  response: string;
  command: string;
}

export function asMailFailure(error: unknown, place: string): MailFailure {
  if (error instanceof MailFailure) return error;
  const { code, responseCode, response, command } = readError(error);
  const words = response === "" ? code : response;
  if (code === "EAUTH") {
    return new MailFailure(
      "unavailable",
      "credentials",
      `${place} refuses the user name or password`,
      responseCode,
    );
  }
  if (code === "ETLS" || /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return new MailFailure(
      "unavailable",
      "certificate",
      `${place} is not trusted, or offers no TLS (${code})`,
    );
  }
  if (responseCode === null || responseCode < 400) {
    return new MailFailure("unavailable", "unreachable", `${place} cannot be reached (${code})`);
  }
  const reason = command.startsWith("RCPT") ? "recipient" : "refused";
  const kind = responseCode >= 500 ? "rejected" : "unavailable";
  return new MailFailure(kind, reason, `${place} answers: ${words}`, responseCode);
}

function readError(error: unknown): SmtpError {
  if (!(error instanceof Error)) return { code: "unknown", responseCode: null, response: "", command: "" };
  const found: Partial<Record<string, unknown>> = { ...error };
  const code = typeof found["code"] === "string" ? found["code"] : error.name;
  return {
    // What TLS found wrong comes as a fault of the socket, in words alone.
    code: code === "ESOCKET" && /certificate|altname|ssl|tls/i.test(error.message) ? "ECERT" : code,
    responseCode: typeof found["responseCode"] === "number" ? found["responseCode"] : null,
    response: typeof found["response"] === "string" ? found["response"].slice(0, 200) : "",
    command: typeof found["command"] === "string" ? found["command"] : "",
  };
}
