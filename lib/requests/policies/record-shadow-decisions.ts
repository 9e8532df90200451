import { Prisma } from "@/prisma/generated/client";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import {
  applyChanges,
  choosePolicy,
  differs,
  type KnownQuestion,
  type PolicyDecision,
  type PolicyQuestion,
} from "./rules";
import { rolesHeld, ruleColumns, type StoredRule } from "./store";

/** A step: each rule that only watches is asked beside the ones that decide; where it would differ, that is kept. */
export async function recordShadowDecisions(
  tx: Tx,
  submitted: { ticketId: string; question: PolicyQuestion; decision: PolicyDecision },
): Promise<void> {
  const rows = await readWatched(tx, submitted.question);
  const requesterRoles = rows.find(({ roles }) => roles !== null)?.roles ?? [];
  const differing = shadowDifferences(rows, { ...submitted.question, requesterRoles }, submitted.decision);
  if (differing.length === 0) return;
  await tx.policyShadowDecision.createMany({
    data: differing.map(({ rule, would }) => ({
      id: newId(),
      policyId: rule.id,
      policyRevision: rule.revision,
      ticketId: submitted.ticketId,
      actual: { ...submitted.decision },
      would: { ...would },
    })),
  });
}

/** Nothing at all where no rule of this operation watches. */
function readWatched(tx: Tx, question: PolicyQuestion): Promise<(StoredRule & { roles: string[] | null })[]> {
  const spoken = Prisma.sql`('ALL', ${question.operation})`;
  return tx.$queryRaw`
    SELECT ${ruleColumns(Prisma.sql`p`)},
      CASE WHEN p.requester_role IS NOT NULL THEN ${rolesHeld(question)} END AS roles
    FROM approval_policies p
    WHERE p.state IN ('active', 'shadow') AND EXISTS (
        SELECT FROM approval_policies s LEFT JOIN approval_policies r ON r.id = s.replaces_id
        WHERE s.state = 'shadow' AND (s.operation IN ${spoken} OR r.operation IN ${spoken}))`;
}

function shadowDifferences(rows: readonly StoredRule[], question: KnownQuestion, decision: PolicyDecision) {
  const active = rows.filter(({ state }) => state === "active");
  return rows
    .filter(({ state }) => state === "shadow")
    .map((rule) => ({
      rule,
      would: choosePolicy(applyChanges(active, { put: [rule], leaveOut: [] }), question),
    }))
    .filter(({ would }) => differs(would, decision));
}
