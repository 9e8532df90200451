import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { mailServerId } from "./rules";
import { mailServerRow, type MailServerRow } from "./schema";

const none: MailServerRow = {
  isConfigured: false,
  enabled: false,
  host: "",
  port: 587,
  security: "starttls",
  username: null,
  passwordSet: false,
  fromAddress: "",
  fromName: "Shepherd",
  caCertificate: null,
  version: 0,
  updatedAt: null,
  updatedByName: null,
};

/** The mail server without its password. */
export async function readMailServer(ctx: Context): Promise<MailServerRow> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<object[]>`
    SELECT true AS "isConfigured", m.enabled, m.host, m.port, m.security, m.username,
      EXISTS (SELECT FROM mail_secrets s WHERE s.server_id = m.id) AS "passwordSet",
      m.from_address AS "fromAddress", m.from_name AS "fromName", m.ca_certificate AS "caCertificate", m.version,
      m.updated_at AS "updatedAt", coalesce(u.display_name, m.updated_by) AS "updatedByName"
    FROM mail_servers m LEFT JOIN users u ON u.id = m.updated_by WHERE m.id = ${mailServerId}`;
  return rows[0] === undefined ? none : mailServerRow.parse(rows[0]);
}

/** Whether people can get mail at all; no secret, so everybody may know. */
export async function isMailOn(): Promise<boolean> {
  return (await db().mailServer.count({ where: { id: mailServerId, enabled: true } })) > 0;
}
