import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { endSessions } from "../revoke-session";
import { factorsMax, type FactorType } from "./rules";
import type { Enrolled } from "./schema";
import { lockFactors, markProved, replaceRecoveryCodes } from "./store";

interface NewFactor {
  id: string;
  type: FactorType;
  name: string;
}

/**
 * A step: `confirm` makes the factor count, and this session has proved it. The person's other sessions end, because
 * they were opened without it.
 */
export async function finishEnrollment(
  tx: Tx,
  ctx: Context,
  { person, factor, confirm }: { person: Person; factor: NewFactor; confirm: () => Promise<void> },
): Promise<Enrolled> {
  const held = await lockFactors(tx, person.id);
  if (held.length > 0) await requireStepUp(tx, ctx, "change_sign_in");
  if (held.length >= factorsMax) throw fieldRefused("name", "too_many", { maximum: factorsMax });
  await confirm();
  await tx.mfaFactor.deleteMany({ where: { userId: person.id, confirmedAt: null } });
  await markProved(tx, ctx, person);
  const ended = await endSessions(tx, ctx, {
    userId: person.id,
    id: { not: person.sessionId },
    reason: "mfa_enrolled",
  });
  const recoveryCodes = held.length === 0 ? await replaceRecoveryCodes(tx, person.id) : null;
  await recordAudit(tx, ctx, {
    action: "user.mfa_enroll",
    resource: { type: "user", id: person.id, name: person.username },
    details: { factorId: factor.id, type: factor.type, name: factor.name, othersEnded: ended },
  });
  return { recoveryCodes };
}
