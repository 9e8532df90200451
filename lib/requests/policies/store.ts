import { Prisma } from "@/prisma/generated/client";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { resourceRoles } from "@/lib/vocabulary/permissions";
import type { PolicyQuestion, PolicyRow, PolicyState } from "./rules";
import type { PolicyValues } from "./schema";

/** Who laid a rule down that no person made. */
export const seedAuthor = "seed";

export interface StoredRule extends PolicyRow {
  state: PolicyState;
  replacesId: string | null;
  revision: number;
}

export interface LockedPolicy extends StoredRule {
  description: string;
  createdBy: string;
}

/** A rule's columns by the names that the pure rules use, numbers as numbers. */
export function ruleColumns(alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${alias}.id, ${alias}.name, ${alias}.effect, ${alias}.priority, ${alias}.operation,
    ${alias}.environment, ${alias}.environment_name AS "environmentName", ${alias}.system_id AS "systemId",
    ${alias}.requester_role AS "requesterRole", ${alias}.min_cpu_cores::float8 AS "minCpuCores",
    ${alias}.min_memory_gi::float8 AS "minMemoryGi", ${alias}.min_disk_gb AS "minDiskGb",
    ${alias}.requires_gpu AS "requiresGpu", ${alias}.workflow_id AS "workflowId", ${alias}.state,
    ${alias}.replaces_id AS "replacesId", ${alias}.revision`;
}

/** Every role of the requester that reaches this System and environment, and the role on the System itself. */
export function rolesHeld({
  requesterId,
  systemId,
  environment,
}: Pick<PolicyQuestion, "requesterId" | "systemId" | "environment">): Prisma.Sql {
  return Prisma.sql`ARRAY(
    SELECT b.role_id FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    WHERE b.user_id = ${requesterId} AND (b.expires_at IS NULL OR b.expires_at > now())
      AND (b.scope_id IS NULL OR b.scope_id = ${systemId}) AND ${environment} = ANY(b.allowed_environments)
    UNION SELECT m.role FROM resource_role_bindings m
    WHERE m.user_id = ${requesterId} AND (m.expires_at IS NULL OR m.expires_at > now())
      AND m.resource_type = 'system' AND m.resource_id = ${systemId})`;
}

export function listActiveRules(tx: Tx): Promise<StoredRule[]> {
  return tx.$queryRaw<StoredRule[]>`
    SELECT ${ruleColumns(Prisma.sql`p`)} FROM approval_policies p WHERE p.state = 'active'`;
}

/** @throws RESOURCE_NOT_FOUND, CONFLICT when somebody saved it since it was read */
export async function lockPolicy(tx: Tx, policyId: string, revision?: number): Promise<LockedPolicy> {
  const rows = await tx.$queryRaw<LockedPolicy[]>`
    SELECT ${ruleColumns(Prisma.sql`p`)}, p.description, p.created_by AS "createdBy"
    FROM approval_policies p WHERE p.id = ${policyId} FOR UPDATE`;
  const policy = rows[0];
  if (policy === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "approval_policy" });
  if (revision !== undefined && revision !== policy.revision)
    throw new AppError("CONFLICT", { object: "approval_policy", seen: revision, current: policy.revision });
  return policy;
}

/** What the editor changes of a rule. */
export function valuesOf(policy: PolicyRow & { description: string }) {
  const { name, description, effect, operation, environment, environmentName, systemId } = policy;
  const { requesterRole, minCpuCores, minMemoryGi, minDiskGb, requiresGpu, workflowId, priority } = policy;
  return {
    ...{ name, description, effect, operation, environment, environmentName, systemId, requesterRole },
    ...{ minCpuCores, minMemoryGi, minDiskGb, requiresGpu, workflowId, priority },
  };
}
export type StoredValues = ReturnType<typeof valuesOf>;

/** One environment has its class already, and only what asks somebody can say whom. */
export function settleValues<Values extends PolicyValues | StoredValues>(values: Values): Values {
  return {
    ...values,
    environment: values.environmentName === null ? values.environment : "all",
    workflowId: values.effect === "ask" ? values.workflowId : null,
  };
}

/** @throws VALIDATION_FAILED at the first member that names what is not there */
export async function requireNamed(tx: Tx, values: StoredValues): Promise<void> {
  const { environmentName, systemId, requesterRole, workflowId } = values;
  const isRole = (resourceRoles as readonly string[]).includes(requesterRole ?? "");
  const [found] = await tx.$queryRaw<Record<string, boolean>[]>`
    SELECT ${environmentName}::text IS NULL OR EXISTS (SELECT FROM environments WHERE name = ${environmentName})
        AS "environmentName",
      ${systemId}::text IS NULL OR EXISTS (SELECT FROM systems WHERE id = ${systemId}) AS "systemId",
      ${requesterRole}::text IS NULL OR ${isRole} OR EXISTS (SELECT FROM roles WHERE id = ${requesterRole})
        AS "requesterRole",
      ${workflowId}::text IS NULL OR EXISTS (SELECT FROM approval_workflows WHERE id = ${workflowId})
        AS "workflowId"`;
  const missing = Object.entries(found ?? {}).find(([, exists]) => !exists);
  if (missing !== undefined) throw fieldRefused(missing[0], "not_found");
}

/** The database keeps the names apart; whoever writes learns which. */
export function nameTaken(error: unknown, name: string): unknown {
  return isUniqueViolation(error, "name") ? fieldRefused("name", "already_exists", { name }) : error;
}
