import { anAdministrator } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import { createWorkflowInput } from "@/lib/requests/workflows/schema";

/** A workflow that leads nothing yet, and somebody who stands in for the owner. */
export async function furnishWorkflows(
  name: string,
  fromUserId: string,
): Promise<{ workflowId: string; delegationId: string }> {
  const draft = createWorkflowInput.parse({
    ...{ name, enabled: false, match: {} },
    steps: [{ approvers: [{ kind: "holders" }] }],
  });
  const { id: workflowId } = await createWorkflow(await anAdministrator(), draft);
  const delegationId = newId();
  const hour = 3_600_000;
  await db().approvalDelegation.create({
    data: {
      ...{ id: delegationId, fromUserId, toUserId: newId() },
      ...{ startsAt: new Date(), endsAt: new Date(Date.now() + hour) },
    },
    select: { id: true },
  });
  return { workflowId, delegationId };
}
