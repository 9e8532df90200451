import type { MailConnection } from "@/lib/adapters/mail/send-mail";
import { db } from "@/lib/core/db";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { mailBinding, mailServerId } from "./rules";
import { mailSecurity } from "./schema";

export interface OpenedMailServer {
  connection: MailConnection;
  from: { name: string; address: string };
}

/** The platform's mail server with its password; worker only. Null while mail is switched off. */
export async function openMailServer(): Promise<OpenedMailServer | null> {
  const row = await db().mailServer.findUnique({ where: { id: mailServerId }, include: { secret: true } });
  if (row === null || !row.enabled) return null;
  const password =
    row.secret === null ? null : await openFor("cluster", envelope.parse(row.secret.envelope), mailBinding());
  const { host, port, username, caCertificate } = row;
  return {
    connection: { host, port, security: mailSecurity.parse(row.security), username, password, caCertificate },
    from: { name: row.fromName, address: row.fromAddress },
  };
}
