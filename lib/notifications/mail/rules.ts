export const mailSecurities = ["starttls", "tls", "none"] as const;

export const mailServerId = "platform";

/** Without TLS a mail may travel within this very machine alone. */
export function isOwnMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

export function mailBinding(): string {
  return `mail_server:${mailServerId}`;
}
