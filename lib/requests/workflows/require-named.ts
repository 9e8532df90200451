import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { CreateWorkflow } from "./schema";

/** A step: whatever a workflow names is there. @throws VALIDATION_FAILED at the first that is not */
export async function requireNamed(tx: Tx, { match, steps }: CreateWorkflow): Promise<void> {
  const refs = steps.flatMap(({ approvers, escalateTo }, step) =>
    [approvers, ...escalateTo].flat().map(({ kind, refId }) => ({ step, kind, ref_id: refId })),
  );
  const missing = await tx.$queryRaw<{ step: number }[]>`
    SELECT a.step FROM jsonb_to_recordset(${JSON.stringify(refs)}::jsonb) AS a(step int, kind text, ref_id text)
    WHERE NOT CASE a.kind WHEN 'user' THEN EXISTS (SELECT FROM users u WHERE u.id = a.ref_id)
      WHEN 'role' THEN EXISTS (SELECT FROM roles r WHERE r.id = a.ref_id)
      WHEN 'cohort' THEN EXISTS (SELECT FROM external_cohorts c WHERE c.id = a.ref_id) ELSE TRUE END
    ORDER BY a.step LIMIT 1`;
  if (missing[0] !== undefined) throw fieldRefused("steps", "not_found", { step: missing[0].step + 1 });
  const { systemId, environmentName } = match;
  if (systemId !== null && (await tx.system.count({ where: { id: systemId } })) === 0)
    throw fieldRefused("systemId", "not_found");
  if (environmentName !== null && (await tx.environment.count({ where: { name: environmentName } })) === 0)
    throw fieldRefused("environmentName", "not_found");
}

export function columnsOf({ name, description, enabled, priority, match, steps }: CreateWorkflow) {
  return { name, description, enabled, priority, ...match, steps };
}

export async function lockWorkflow(tx: Tx, workflowId: string) {
  await tx.$queryRaw`SELECT 1 FROM approval_workflows WHERE id = ${workflowId} FOR UPDATE`;
  const workflow = await tx.approvalWorkflow.findUnique({ where: { id: workflowId } });
  if (workflow === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "approval_workflow" });
  return workflow;
}

/** The database keeps the names apart; whoever writes learns which. */
export function nameTaken(error: unknown, name: string): unknown {
  return isUniqueViolation(error, "name") ? fieldRefused("name", "already_exists", { name }) : error;
}
