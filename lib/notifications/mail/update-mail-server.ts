import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { sealFor } from "@/lib/core/keyring";
import { isReservedAddress } from "@/lib/core/outside-address";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readCertificates } from "../read-certificates";
import { isOwnMachine, mailBinding, mailServerId } from "./rules";
import type { UpdateMailServer } from "./schema";

interface Known {
  host: string;
  port: number;
  security: string;
  username: string | null;
  version: number;
  secret: { serverId: string } | null;
}

/** Where mail leaves the platform. The password is sealed for the worker, and nobody is ever shown it again. */
export async function updateMailServer(ctx: Context, input: UpdateMailServer): Promise<{ version: number }> {
  checkPlace(input);
  const caCertificate = readCertificates(input.caCertificate);
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const known = await readKnown(tx);
    if ((known?.version ?? 0) !== input.version) throw new AppError("CONFLICT");
    requirePassword(known, input);
    const version = await writeServer(tx, ctx, { ...input, caCertificate });
    await writePassword(tx, input);
    const { enabled, host, port, security, username, fromAddress, fromName } = input;
    await recordAudit(tx, ctx, {
      action: "config.update",
      resource: { type: "mail_server", id: mailServerId, name: host },
      details: {
        enabled,
        host,
        port,
        security,
        username,
        fromAddress,
        fromName,
        rekeyed: input.password !== null,
      },
    });
    return { version };
  });
}

function checkPlace({ host, security }: UpdateMailServer): void {
  if (isReservedAddress(host)) throw fieldRefused("host", "address_refused");
  if (security === "none" && !isOwnMachine(host)) throw fieldRefused("security", "tls_needed");
}

async function readKnown(tx: Tx): Promise<Known | null> {
  return tx.mailServer.findUnique({
    where: { id: mailServerId },
    select: {
      ...{ host: true, port: true, security: true, username: true, version: true },
      secret: { select: { serverId: true } },
    },
  });
}

/** Whoever leads mail elsewhere has to know the password; the kept one would be told to the new server. */
function requirePassword(known: Known | null, input: UpdateMailServer): void {
  if (input.username === null || input.password !== null) return;
  const isSame =
    known?.secret != null &&
    known.host === input.host &&
    known.port === input.port &&
    known.security === input.security &&
    known.username === input.username;
  if (!isSame) throw fieldRefused("password", "required");
}

async function writeServer(
  tx: Tx,
  ctx: Context,
  { password: _sealed, version, ...server }: UpdateMailServer,
): Promise<number> {
  const row = { ...server, updatedBy: actorId(ctx.actor), version: version + 1 };
  if (version === 0) {
    await tx.mailServer.create({ data: { ...row, id: mailServerId }, select: { id: true } });
    return row.version;
  }
  const { count } = await tx.mailServer.updateMany({ where: { id: mailServerId, version }, data: row });
  if (count === 0) throw new AppError("CONFLICT");
  return row.version;
}

async function writePassword(tx: Tx, { username, password }: UpdateMailServer): Promise<void> {
  if (username === null) await tx.mailSecret.deleteMany({ where: { serverId: mailServerId } });
  if (username === null || password === null) return;
  const envelope = await sealFor("cluster", password, mailBinding());
  const sealed = { envelope, keyVersion: envelope.key_version };
  await tx.mailSecret.upsert({
    where: { serverId: mailServerId },
    create: { serverId: mailServerId, ...sealed },
    update: sealed,
    select: { serverId: true },
  });
}
