import { isAuthorized } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readToken } from "./read-token";
import { startRecording, type RecordingOrder } from "./recordings/start-recording";
import { mayObserve } from "./require-oversight";
import { tokenRefusal, type ConsoleMode, type ConsoleType, type TokenRefusal } from "./rules";
import type { TokenClaims } from "./schema";
import {
  findControl,
  findToken,
  hashUser,
  lockConsole,
  readConsoleVm,
  recordedVm,
  requirePerson,
  supersede,
  type ConsoleVm,
  type ControlSession,
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
  mode: ConsoleMode;
  vm: ConsoleVm;
  /** Whoever has the screen in the cluster is dropped for it. */
  dropsOthers: boolean;
  /** The session that is watched. */
  watched: ControlSession | null;
  observes: boolean;
  /** Null where the session is not recorded. */
  recording: RecordingOrder | null;
  /** Seconds until the approval runs out, by the database's clock; null where none was needed. */
  grantSecondsLeft: number | null;
}

type Refusal = TokenRefusal | "unreadable" | "not_permitted" | "used" | "expired" | "in_use" | "unwatched";
type Outcome = { opened: OpenedConsole } | { refusal: Refusal };

/**
 * Redeems a token for one session: once, by the person and session it was issued to, while everything it rests on
 * still stands. Only worker and console can open a token, so only they can call this.
 * @throws PERMISSION_DENIED, CONFLICT, CONSOLE_IN_USE, INVALID_STATE, each with the reason
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
  in_use: "CONSOLE_IN_USE",
  unwatched: "INVALID_STATE",
  vm_stopped: "INVALID_STATE",
} as const satisfies Record<Refusal, string>;

function refuse(refusal: Refusal): Outcome {
  return { refusal };
}

async function redeem(tx: Tx, ctx: Context, input: OpenConsole, claims: TokenClaims): Promise<Outcome> {
  const person = requirePerson(ctx);
  await lockConsole(tx, claims.vm_id, input.consoleType);
  const token = await findToken(tx, claims.jti);
  const isOwn = token?.userHash === claims.sub && claims.sub === hashUser(person.id);
  if (token === null || !isOwn) return refuse("foreign");
  const refusal = tokenRefusal(token, { ...input, userId: person.id, sessionId: person.sessionId });
  if (refusal !== null) return refuse(refusal);
  const vm = await readConsoleVm(tx, token.vmId);
  if (vm.clusterId !== claims.cluster || vm.namespace !== claims.namespace) return refuse("foreign");
  if (!(await isPermitted(tx, ctx, { token, vm }))) return refuse("not_permitted");
  if (token.isUsed || token.isExpired) return refuse(token.isExpired && !token.isUsed ? "expired" : "used");
  return begin(tx, ctx, { token, vm, proxyId: input.proxyId });
}

function isPermitted(
  tx: Tx,
  ctx: Context,
  { token, vm }: { token: TokenRow; vm: ConsoleVm },
): Promise<boolean> {
  if (token.observes) return mayObserve(tx, ctx, vm);
  const { systemId, serviceId, environment } = vm;
  return isAuthorized(tx, ctx, "vnc:access", {
    systemId,
    serviceId,
    vmId: vm.id,
    environment,
    role: "member",
  });
}

interface Beginning {
  token: TokenRow;
  vm: ConsoleVm;
  proxyId: string;
}

/** The token is good; whether its console can be had depends on who has it. */
async function begin(tx: Tx, ctx: Context, { token, vm, proxyId }: Beginning): Promise<Outcome> {
  const { jti, consoleType, mode, observes, grantSecondsLeft, ticketId } = token;
  const held = await findControl(tx, token);
  const isWatching = mode === "watch";
  if (isWatching && held === null) return refuse("unwatched");
  // One's own other window makes way; somebody else's does so only where that was asked for.
  if (!isWatching && held !== null && held.userId !== token.userId && !token.takesOver)
    return refuse("in_use");
  const drops = isWatching ? null : held;
  if (drops !== null) await supersede(tx, { jti: drops.jti, as: "taken_over", by: token.userId });
  await markUsed(tx, token, { proxyId, watchedJti: isWatching ? (held?.jti ?? null) : null });
  await recordAudit(tx, ctx, {
    action: "vnc.access",
    ...recordedVm(vm),
    details: {
      ...{ phase: "used", jti, consoleType, mode, ticketId },
      ...(drops === null ? {} : { tookOver: drops.jti, tookOverFrom: drops.userId }),
      ...(isWatching ? { watched: held?.jti, watchedUserId: held?.userId, observes } : {}),
    },
  });
  const dropsOthers = token.takesOver || drops !== null;
  const watched = isWatching ? held : null;
  // What is watched is recorded where it is carried.
  const recording = isWatching ? null : await startRecording(tx, ctx, { jti, vm, consoleType });
  return {
    opened: { jti, consoleType, mode, vm, dropsOthers, watched, observes, recording, grantSecondsLeft },
  };
}

/** A token that was revoked or ran out at this very moment undoes the whole beginning. */
async function markUsed(
  tx: Tx,
  token: TokenRow,
  { proxyId, watchedJti }: { proxyId: string; watchedJti: string | null },
): Promise<void> {
  const used = await tx.$executeRaw`
    UPDATE vnc_access_tokens SET used_at = clock_timestamp(), proxy_id = ${proxyId}, watched_jti = ${watchedJti}
    WHERE jti = ${token.jti} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
      AND (grant_ends_at IS NULL OR grant_ends_at > clock_timestamp())`;
  if (used === 0) throw new AppError("CONFLICT", { object: "console", reason: "expired" });
  await tx.$executeRaw`
    UPDATE console_grants SET used_at = clock_timestamp() WHERE ticket_id = ${token.ticketId} AND used_at IS NULL`;
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
