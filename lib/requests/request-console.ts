import { requireStepUp } from "@/lib/access/require-step-up";
import { issueConsoleToken, type IssuedConsoleToken } from "@/lib/console/issue-console-token";
import { findLiveGrant } from "@/lib/console/queries";
import { requireConsoleFree, requireConsoleHeld } from "@/lib/console/require-console-free";
import { mayObserve } from "@/lib/console/require-oversight";
import { consoleSocketPath } from "@/lib/console/rules";
import type { ConsoleAnswer, RequestConsole } from "@/lib/console/schema";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireFitting } from "@/lib/vms/machine";
import { decideByPolicy } from "./policies/queries";
import { requireConsolePlace } from "./read-console-access";
import type { PlacedVm } from "./store";
import { submitRequest } from "./submit-request";

/** The answer for the wire, and, beside it, the token for the cookie. */
export interface RequestedConsole extends ConsoleAnswer {
  token: string | null;
}

/** What a token rests on. */
interface Basis {
  grant: { ticketId: string; endsAt: Date } | null;
  /** The rule by which nobody was asked. */
  rule: string | null;
  /** The right to oversee. */
  observes: boolean;
}

/**
 * Opens the way to a console: a token at once where policy asks nobody or a grant is still running, else a ticket.
 * @throws VM_NOT_FOUND, INVALID_STATE, CONSOLE_IN_USE {by, since} where control was asked for and somebody has it,
 *   MFA_REQUIRED where a production console would open, VALIDATION_FAILED where an approval needs a reason and a time
 */
export async function requestConsole(ctx: Context, input: RequestConsole): Promise<RequestedConsole> {
  const issued = await issueWhereAllowed(ctx, input);
  if (issued !== null) return issued;
  const submitted = await submitRequest(ctx, { operation: "VNC_ACCESS", ...requireJustified(input) });
  // Policy may have changed in between: then the grant stands already.
  if (submitted.status === "ACCEPTED") return requestConsole(ctx, input);
  const { ticketId, eventId } = submitted;
  const nothing = { socketPath: null, expiresAt: null, grantEndsAt: null, token: null };
  return { status: "PENDING_APPROVAL", ...nothing, ticketId, eventId };
}

function issueWhereAllowed(ctx: Context, input: RequestConsole): Promise<RequestedConsole | null> {
  const { vmId, consoleType, mode = "control" } = input;
  return inTransaction(async (tx) => {
    const vm = await requireConsolePlace(tx, ctx, vmId);
    requireFitting(vm.status, "VNC_ACCESS");
    if (mode === "watch") await requireConsoleHeld(tx, { vmId, consoleType });
    const basis = await findBasis(tx, ctx, { vm, mode });
    if (basis === null) return null;
    if (mode === "control") await requireConsoleFree(tx, ctx, { vmId, consoleType });
    if (vm.environmentClass === "prod") await requireStepUp(tx, ctx, "open_production_console");
    const issued = await issueConsoleToken(tx, ctx, {
      ...{ vmId, consoleType, ...basis },
      mode: mode === "watch" ? "watch" : "control",
      takesOver: mode === "take_over",
    });
    return answer(input, issued, basis.grant);
  });
}

/** A step: null where somebody has to approve first. */
export async function findBasis(
  tx: Tx,
  ctx: Context,
  { vm, mode }: { vm: PlacedVm; mode: NonNullable<RequestConsole["mode"]> },
): Promise<Basis | null> {
  const requesterId = actorId(ctx.actor);
  const policy = await decideByPolicy(tx, { operation: "VNC_ACCESS", requesterId, demand: null, ...vm });
  if (mode === "watch" && (await mayObserve(tx, ctx, vm))) return { grant: null, rule: null, observes: true };
  // What a rule denies stays denied, whoever had approved it before.
  if (policy.effect === "deny") throw new AppError("POLICY_DENIED", { rule: policy.policyName });
  if (policy.effect !== "ask") return { grant: null, rule: policy.policyName, observes: false };
  const grant = await findLiveGrant(tx, { userId: requesterId, vmId: vm.vmId });
  return grant === null ? null : { grant, rule: null, observes: false };
}

function answer(
  { vmId, consoleType }: RequestConsole,
  { token, expiresAt }: IssuedConsoleToken,
  grant: { ticketId: string; endsAt: Date } | null,
): RequestedConsole {
  return {
    status: "ISSUED",
    socketPath: consoleSocketPath(vmId, consoleType),
    expiresAt,
    grantEndsAt: grant?.endsAt ?? null,
    ticketId: grant?.ticketId ?? null,
    eventId: null,
    token,
  };
}

/** An approver wants to know why and for how long. */
function requireJustified({ vmId, reason, minutes, covers }: RequestConsole) {
  if (reason !== undefined && minutes !== undefined)
    return { vmId, reason, minutes, ...(covers === undefined ? {} : { covers }) };
  const missing = [
    ...(reason === undefined ? ["reason"] : []),
    ...(minutes === undefined ? ["minutes"] : []),
  ];
  throw new AppError(
    "VALIDATION_FAILED",
    { reason: "APPROVAL_REQUIRED" },
    missing.map((field) => ({ field, code: "required" })),
  );
}
