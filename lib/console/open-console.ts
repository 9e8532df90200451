import { isAuthorized } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { tokenLengthMax, tokenRefusal, type ConsoleType, type TokenRefusal } from "./rules";
import { tokenClaims, type TokenClaims } from "./schema";
import {
  findToken,
  hashUser,
  readConsoleVm,
  recordedVm,
  requirePerson,
  tokenBinding,
  type ConsoleVm,
  type TokenRow,
} from "./store";

export interface OpenConsole {
  token: string;
  vmId: string;
  consoleType: ConsoleType;
  /** The process that will carry the session. */
  proxyId: string;
}

export interface OpenedConsole {
  jti: string;
  consoleType: ConsoleType;
  vm: ConsoleVm;
  /** Seconds until the approval runs out, by the database's clock; null where none was needed. */
  grantSecondsLeft: number | null;
}

type Refusal = TokenRefusal | "unreadable" | "not_permitted" | "used" | "expired";
type Outcome = { opened: OpenedConsole } | { refusal: Refusal };

/**
 * Redeems a token for one session: once, by the person and session it was issued to, while everything it rests on
 * still stands. Only worker and console can open a token, so only they can call this.
 * @throws PERMISSION_DENIED, CONFLICT, INVALID_STATE, each with the reason
 */
export async function openConsole(ctx: Context, input: OpenConsole): Promise<OpenedConsole> {
  const claims = await readToken(input);
  const outcome = await inTransaction(async (tx) => {
    const judged = claims === null ? refuse("unreadable") : await redeem(tx, ctx, input, claims);
    // A refusal is recorded too, so it must not be thrown in here.
    if ("refusal" in judged)
      await recordRefusal(tx, ctx, input, { refusal: judged.refusal, jti: claims?.jti });
    return judged;
  });
  if ("opened" in outcome) return outcome.opened;
  throw new AppError(codeOf[outcome.refusal], { object: "console", reason: outcome.refusal });
}

const codeOf = {
  unreadable: "PERMISSION_DENIED",
  foreign: "PERMISSION_DENIED",
  revoked: "PERMISSION_DENIED",
  grant_over: "PERMISSION_DENIED",
  not_permitted: "PERMISSION_DENIED",
  used: "CONFLICT",
  expired: "CONFLICT",
  vm_stopped: "INVALID_STATE",
} as const satisfies Record<Refusal, string>;

function refuse(refusal: Refusal): Outcome {
  return { refusal };
}

/** Null for whatever was not sealed for this VM's console. */
async function readToken({ token, vmId }: OpenConsole): Promise<TokenClaims | null> {
  if (token.length > tokenLengthMax) return null;
  try {
    const sealed = envelope.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    return tokenClaims.parse(JSON.parse(await openFor("cluster", sealed, tokenBinding(vmId))));
  } catch {
    // Malformed, altered, moved from another VM or sealed for another key: all the same to whoever sent it.
    return null;
  }
}

async function redeem(tx: Tx, ctx: Context, input: OpenConsole, claims: TokenClaims): Promise<Outcome> {
  const person = requirePerson(ctx);
  const token = await findToken(tx, claims.jti);
  const isOwn = token?.userHash === claims.sub && claims.sub === hashUser(person.id);
  if (token === null || !isOwn) return refuse("foreign");
  const refusal = tokenRefusal(token, { ...input, userId: person.id, sessionId: person.sessionId });
  if (refusal !== null) return refuse(refusal);
  const vm = await readConsoleVm(tx, token.vmId);
  if (vm.clusterId !== claims.cluster || vm.namespace !== claims.namespace) return refuse("foreign");
  if (!(await isPermitted(tx, ctx, vm))) return refuse("not_permitted");
  if (!(await markUsed(tx, token, input.proxyId))) return refuse(token.isExpired ? "expired" : "used");
  await recordAudit(tx, ctx, {
    action: "vnc.access",
    ...recordedVm(vm),
    details: { phase: "used", jti: token.jti, consoleType: token.consoleType, ticketId: token.ticketId },
  });
  const { jti, consoleType, grantSecondsLeft } = token;
  return { opened: { jti, consoleType, vm, grantSecondsLeft } };
}

function isPermitted(tx: Tx, ctx: Context, vm: ConsoleVm): Promise<boolean> {
  const { systemId, serviceId, environment } = vm;
  return isAuthorized(tx, ctx, "vnc:access", {
    systemId,
    serviceId,
    vmId: vm.id,
    environment,
    role: "member",
  });
}

/** Of many at once the database lets exactly one through. */
async function markUsed(tx: Tx, token: TokenRow, proxyId: string): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE vnc_access_tokens SET used_at = clock_timestamp(), proxy_id = ${proxyId}
    WHERE jti = ${token.jti} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
      AND (grant_ends_at IS NULL OR grant_ends_at > clock_timestamp())`;
  if (used === 0) return false;
  await tx.$executeRaw`
    UPDATE console_grants SET used_at = clock_timestamp() WHERE ticket_id = ${token.ticketId} AND used_at IS NULL`;
  return true;
}

async function recordRefusal(
  tx: Tx,
  ctx: Context,
  { vmId, consoleType }: OpenConsole,
  { refusal, jti }: { refusal: Refusal; jti: string | undefined },
): Promise<void> {
  const phase = refusal === "used" || refusal === "expired" ? "replay" : "refused";
  await recordAudit(tx, ctx, {
    action: "vnc.access",
    outcome: "failure",
    resource: { type: "vm", id: vmId },
    details: { phase, reason: refusal, consoleType, ...(jti === undefined ? {} : { jti }) },
  });
}
