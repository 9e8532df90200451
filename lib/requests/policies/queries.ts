import type { Tx } from "@/lib/core/transaction";
import { choosePolicy, type PolicyDecision, type PolicyQuestion } from "./rules";

/** A step: which rule answers "run now", "ask" or "no". */
export async function decideByPolicy(tx: Tx, question: PolicyQuestion): Promise<PolicyDecision> {
  const policies = await tx.approvalPolicy.findMany({
    where: { enabled: true, operation: question.operation },
    select: {
      id: true,
      name: true,
      environment: true,
      operation: true,
      requiresApproval: true,
      priority: true,
    },
  });
  return choosePolicy(
    policies.map(({ requiresApproval, ...row }) => ({ ...row, effect: requiresApproval ? "ask" : "run" })),
    question,
  );
}
