import { anAdministrator } from "@/e2e/factories/person";
import { createPolicy } from "@/lib/requests/policies/create-policy";
import { createPolicyInput } from "@/lib/requests/policies/schema";
import { replayPolicies } from "@/lib/requests/replays/replay-policies";

/** A draft of a rule, and what it would have changed lately. */
export async function furnishPolicies(name: string): Promise<{ policyId: string; replayId: string }> {
  const admin = await anAdministrator();
  const draft = createPolicyInput.parse({ name, effect: "ask", operation: "CLONE_VM", state: "draft" });
  const { id } = await createPolicy(admin, draft);
  const replay = await replayPolicies(admin, { days: 1, put: [id], leaveOut: [] });
  return { policyId: id, replayId: replay.id };
}
