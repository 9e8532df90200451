import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireOwnSession } from "../store";
import type { RemoveFactor } from "./schema";
import { lockFactors, readDemand, settleWithoutFactors } from "./store";

/** @throws RESOURCE_NOT_FOUND, MFA_REQUIRED, LAST_FACTOR where somebody asks that the person has one */
export function removeFactor(ctx: Context, { factorId }: RemoveFactor): Promise<void> {
  return inTransaction(async (tx) => {
    const person = requireOwnSession(ctx);
    const factors = await lockFactors(tx, person.id);
    const factor = factors.find(({ id }) => id === factorId);
    if (factor === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "factor" });
    await requireStepUp(tx, ctx, "change_sign_in");
    if (factors.length === 1) await requireDispensable(tx, person);
    await tx.mfaFactor.delete({ where: { id: factorId }, select: { id: true } });
    const left = factors.length - 1;
    const after = left === 0 ? await settleWithoutFactors(tx, person.id) : {};
    await recordAudit(tx, ctx, {
      action: "user.mfa_remove",
      resource: { type: "user", id: person.id, name: person.username },
      details: { factorId, type: factor.type, name: factor.name, left, ...after },
    });
  });
}

async function requireDispensable(tx: Tx, person: Person): Promise<void> {
  const demand = await readDemand(tx, person);
  if (demand !== null) throw new AppError("LAST_FACTOR", { demandedBy: demand.kind, name: demand.name });
}
