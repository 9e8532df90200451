import { requireStepUp } from "@/lib/access/require-step-up";
import { issueConsoleToken, type IssuedConsoleToken } from "@/lib/console/issue-console-token";
import { findLiveGrant } from "@/lib/console/queries";
import { consoleSocketPath } from "@/lib/console/rules";
import type { ConsoleAnswer, RequestConsole } from "@/lib/console/schema";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireFitting } from "@/lib/vms/machine";
import { decideByPolicy } from "./policies/queries";
import { requireConsolePlace } from "./read-console-access";
import { submitRequest } from "./submit-request";

/** The answer for the wire, and, beside it, the token for the cookie. */
export interface RequestedConsole extends ConsoleAnswer {
  token: string | null;
}

/**
 * Opens the way to a console: a token at once where policy asks nobody or a grant is still running, else a ticket.
 * @throws VM_NOT_FOUND, INVALID_STATE, MFA_REQUIRED where a production console would open, VALIDATION_FAILED where an
 *   approval needs a reason and a time
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
  const { vmId, consoleType } = input;
  return inTransaction(async (tx) => {
    const vm = await requireConsolePlace(tx, ctx, vmId);
    requireFitting(vm.status, "VNC_ACCESS");
    const { environmentClass } = vm;
    const requesterId = actorId(ctx.actor);
    const policy = await decideByPolicy(tx, { operation: "VNC_ACCESS", requesterId, demand: null, ...vm });
    // What a rule denies stays denied, whoever had approved it before.
    if (policy.effect === "deny") throw new AppError("POLICY_DENIED", { rule: policy.policyName });
    const asks = policy.effect === "ask";
    const grant = asks ? await findLiveGrant(tx, { userId: requesterId, vmId }) : null;
    if (asks && grant === null) return null;
    if (environmentClass === "prod") await requireStepUp(tx, ctx, "open_production_console");
    const issued = await issueConsoleToken(tx, ctx, {
      ...{ vmId, consoleType, grant },
      rule: asks ? null : policy.policyName,
    });
    return answer(input, issued, grant);
  });
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
function requireJustified({ vmId, reason, minutes }: RequestConsole) {
  if (reason !== undefined && minutes !== undefined) return { vmId, reason, minutes };
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
