import type { Tx } from "@/lib/core/transaction";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { Operation } from "@/lib/vocabulary/operations";
import { choosePolicy, type PolicyDecision } from "./rules";

/** A step: which rule answers "run now" or "ask". */
export async function decideByPolicy(
  tx: Tx,
  wanted: { operation: Operation; environmentClass: EnvironmentClass },
): Promise<PolicyDecision> {
  const policies = await tx.approvalPolicy.findMany({
    where: { enabled: true, operation: wanted.operation },
    select: { name: true, environment: true, operation: true, requiresApproval: true, priority: true },
  });
  return choosePolicy(policies, wanted);
}
