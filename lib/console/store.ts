import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import type { Context, Person } from "@/lib/core/context";
import type { SealingKey } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import type { ConsoleMode, ConsoleType } from "./rules";

/** A VM as a console needs it: where it runs and whose permission counts. */
export interface ConsoleVm {
  id: string;
  name: string;
  namespace: string;
  environment: string;
  clusterId: string;
  clusterName: string;
  serviceId: string;
  systemId: string;
  status: string;
}

export async function readConsoleVm(tx: Tx, vmId: string): Promise<ConsoleVm> {
  const rows = await tx.$queryRaw<ConsoleVm[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.cluster_id AS "clusterId", c.name AS "clusterName",
      v.service_id AS "serviceId", s.system_id AS "systemId", v.status
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    JOIN clusters c ON c.id = v.cluster_id WHERE v.id = ${vmId}`;
  if (rows[0] === undefined) throw new AppError("VM_NOT_FOUND");
  return rows[0];
}

/** What every console record names: the VM, its System, its environment. */
export function recordedVm(vm: ConsoleVm) {
  return {
    resource: { type: "vm", id: vm.id, name: vm.name },
    parent: { type: "system", id: vm.systemId },
    environment: vm.environment,
  };
}

/** The key that only worker and console can open for, read on the caller's own connection. */
export async function readSealingKey(tx: Tx): Promise<SealingKey> {
  return tx.encryptionKey.findFirstOrThrow({
    where: { keyring: "cluster", status: "active" },
    orderBy: { version: "desc" },
    select: { version: true, publicKey: true },
  });
}

/** Bound to the VM, so that a token carried to another VM's socket does not even open. */
export function tokenBinding(vmId: string): string {
  return `console:${vmId}`;
}

/** Tokens name their owner by a hash, so that a token that leaks names nobody. */
export function hashUser(userId: string): string {
  return createHash("sha256").update(`user:${userId}`).digest("hex");
}

export function requirePerson(ctx: Context): Person {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  return ctx.actor;
}

/** A token with the grant and the VM it hangs on, by the database's clock. */
export interface TokenRow {
  jti: string;
  vmId: string;
  consoleType: ConsoleType;
  userId: string;
  userHash: string;
  sessionId: string;
  ticketId: string | null;
  mode: ConsoleMode;
  takesOver: boolean;
  observes: boolean;
  supersededAs: "taken_over" | "handed_over" | null;
  vmStatus: string | null;
  isUsed: boolean;
  isClosed: boolean;
  /** In use at this moment, and not somebody else's already. */
  isOpen: boolean;
  isExpired: boolean;
  isRevoked: boolean;
  isGrantOver: boolean;
  grantSecondsLeft: number | null;
}

export async function findToken(tx: Tx, jti: string): Promise<TokenRow | null> {
  const rows = await tx.$queryRaw<TokenRow[]>`
    SELECT t.jti, t.vm_id AS "vmId", t.console_type AS "consoleType", t.user_id AS "userId",
      t.user_hash AS "userHash", t.session_id AS "sessionId", t.ticket_id AS "ticketId", t.mode,
      t.takes_over AS "takesOver", t.observes, t.superseded_as AS "supersededAs", v.status AS "vmStatus",
      t.used_at IS NOT NULL AS "isUsed", t.closed_at IS NOT NULL AS "isClosed",
      t.used_at IS NOT NULL AND t.closed_at IS NULL AND t.superseded_at IS NULL AS "isOpen", t.expires_at <= clock_timestamp() AS "isExpired",
      t.revoked_at IS NOT NULL OR (t.ticket_id IS NOT NULL AND (g.id IS NULL OR g.revoked_at IS NOT NULL)) AS "isRevoked",
      coalesce(t.grant_ends_at <= clock_timestamp(), FALSE) AS "isGrantOver",
      extract(epoch FROM t.grant_ends_at - clock_timestamp())::float8 AS "grantSecondsLeft"
    FROM vnc_access_tokens t LEFT JOIN console_grants g ON g.ticket_id = t.ticket_id
    LEFT JOIN vms v ON v.id = t.vm_id WHERE t.jti = ${jti}`;
  return rows[0] ?? null;
}

/** The session that has a console's keys now. */
export interface ControlSession {
  jti: string;
  userId: string;
  displayName: string;
  since: Date;
  proxyId: string;
}

export async function findControl(
  tx: Tx,
  { vmId, consoleType }: { vmId: string; consoleType: ConsoleType },
): Promise<ControlSession | null> {
  const rows = await tx.$queryRaw<ControlSession[]>`
    SELECT t.jti, t.user_id AS "userId", u.display_name AS "displayName", t.used_at AS since, t.proxy_id AS "proxyId"
    FROM vnc_access_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.vm_id = ${vmId} AND t.console_type = ${consoleType} AND t.mode = 'control'
      AND t.used_at IS NOT NULL AND t.closed_at IS NULL AND t.superseded_at IS NULL LIMIT 1`;
  return rows[0] ?? null;
}

/** Whoever comes and goes at one console does so one after the other, until the transaction ends. */
export async function lockConsole(tx: Tx, vmId: string, consoleType: ConsoleType): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(${`console ${vmId} ${consoleType}`}, 0))`;
}

/** The row's trigger tells the process that carries the session, which cuts it. */
export async function supersede(
  tx: Tx,
  { jti, as, by }: { jti: string; as: "taken_over" | "handed_over"; by: string },
): Promise<boolean> {
  const ended = await tx.$executeRaw`
    UPDATE vnc_access_tokens SET superseded_at = clock_timestamp(), superseded_as = ${as}, superseded_by = ${by}
    WHERE jti = ${jti} AND closed_at IS NULL AND superseded_at IS NULL`;
  return ended > 0;
}
