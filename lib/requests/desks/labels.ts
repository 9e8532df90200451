import type { DecisionAnswer } from "./decisions/schema";

/** The answer to a desk, as it stands on the wire. */
export function decisionToWire(answer: DecisionAnswer): object {
  return {
    ticket_id: answer.ticketId,
    approved: answer.approved,
    provider_decision_id: answer.providerDecisionId,
    status: "accepted",
  };
}
