import { Prisma } from "@/prisma/generated/client";
import { z } from "zod";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import { matchOf } from "./read-question";
import { stepDefinition, type WorkflowFilter, type WorkflowRow } from "./schema";

/** In the order in which they are asked whether they match. */
export async function listWorkflows(ctx: Context, filter: WorkflowFilter): Promise<Page<WorkflowRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readCursor(filter.cursor);
  const name = filter.q === undefined || filter.q === "" ? Prisma.sql`TRUE` : isNamed(filter.q);
  const rows = await selectWorkflows(Prisma.sql`${name}
    AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(w.priority, w.name) > (${Number(key[0]) || 0}, ${key[1]})`}
    ORDER BY w.priority, w.name LIMIT ${filter.perPage + 1}`);
  return toPage(rows, filter.perPage, (row) => [String(row.priority), row.name]);
}

function isNamed(q: string): Prisma.Sql {
  return Prisma.sql`position(lower(${q}) IN lower(w.name)) > 0`;
}

export async function readWorkflow(ctx: Context, workflowId: string): Promise<WorkflowRow> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await selectWorkflows(Prisma.sql`w.id = ${workflowId}`);
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "approval_workflow" });
  return rows[0];
}

type StoredRow = Omit<WorkflowRow, "match"> & {
  operations: string[];
  environment: string;
  environmentName: string | null;
  systemId: string | null;
  minCpuCores: number | null;
  minMemoryGi: number | null;
  minDiskGb: number | null;
  requiresGpu: boolean | null;
  costClass: string | null;
};

async function selectWorkflows(where: Prisma.Sql): Promise<WorkflowRow[]> {
  const rows = await db().$queryRaw<StoredRow[]>`
    SELECT w.id, w.name, w.description, w.enabled, w.priority, w.operations, w.environment,
      w.environment_name AS "environmentName", w.system_id AS "systemId", y.name AS "systemName",
      w.min_cpu_cores::float8 AS "minCpuCores", w.min_memory_gi::float8 AS "minMemoryGi",
      w.min_disk_gb AS "minDiskGb", w.requires_gpu AS "requiresGpu", w.cost_class AS "costClass", w.steps,
      w.revision, w.updated_at AS "updatedAt", (SELECT count(*)::int FROM approval_tickets k
        WHERE k.status = 'PENDING' AND k.workflow ->> 'id' = w.id) AS waiting
    FROM approval_workflows w LEFT JOIN systems y ON y.id = w.system_id WHERE ${where}`;
  return rows.map((row) => {
    const { id, name, description, enabled, priority, systemName, revision, waiting, updatedAt } = row;
    return {
      ...{ id, name, description, enabled, priority, systemName, revision, waiting, updatedAt },
      match: matchOf(row),
      steps: z.array(stepDefinition).parse(row.steps),
    };
  });
}

export interface Choice {
  id: string;
  name: string;
}

/** What a step or a condition can name. */
export interface StepNames {
  roles: Choice[];
  cohorts: Choice[];
  users: Choice[];
  systems: Choice[];
  environments: (Choice & { environmentClass: string })[];
  costClasses: string[];
}

/** For the editor's lists; people and Systems by name, as many as fit a list. */
export async function listStepNames(ctx: Context): Promise<StepNames> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<(Choice & { kind: string; extra: string | null })[]>`
    (SELECT 'role' AS kind, r.id, r.display_name AS name, NULL AS extra FROM roles r WHERE r.enabled ORDER BY name LIMIT 200)
    UNION ALL (SELECT DISTINCT 'cohort', c.id, p.name || ': ' || c.display_name, NULL FROM external_cohorts c
      JOIN auth_providers p ON p.id = c.provider_id JOIN external_cohort_mappings m
        ON m.provider_id = c.provider_id AND m.kind = c.kind AND m.key = c.key ORDER BY 3 LIMIT 500)
    UNION ALL (SELECT 'user', u.id, u.display_name || ' (' || u.username || ')', NULL FROM users u
      WHERE u.enabled AND u.auth_type <> 'service' ORDER BY 3 LIMIT 1000)
    UNION ALL (SELECT 'system', y.id, y.name, NULL FROM systems y ORDER BY 3 LIMIT 1000)
    UNION ALL (SELECT 'environment', e.name, e.display_name, e.class FROM environments e ORDER BY e.sort_order LIMIT 100)
    UNION ALL (SELECT DISTINCT 'cost', z.cost_class, z.cost_class, NULL FROM instance_sizes z
      WHERE z.cost_class IS NOT NULL LIMIT 100)`;
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id, name }) => ({ id, name }));
  return {
    roles: of("role"),
    cohorts: of("cohort"),
    users: of("user"),
    systems: of("system"),
    environments: rows
      .filter(({ kind }) => kind === "environment")
      .map(({ id, name, extra }) => ({ id, name, environmentClass: extra ?? "test" })),
    costClasses: of("cost").map(({ name }) => name),
  };
}

/** Steps whose time has passed: for the clock, where nobody else keeps the time. */
export async function listDueSteps(): Promise<{ stepId: string }[]> {
  return db().$queryRaw`
    SELECT s.id AS "stepId" FROM approval_steps s JOIN approval_tickets k ON k.id = s.ticket_id
    WHERE s.status = 'ACTIVE' AND s.due_at <= now() AND k.status = 'PENDING' AND k.dispatcher = 'built-in'
    ORDER BY s.due_at LIMIT 200`;
}

/** Steps that want everybody's word and have some: whoever is still missing may have left meanwhile. */
export async function listUnanimousSteps(): Promise<{ stepId: string }[]> {
  return db().$queryRaw`
    SELECT s.id AS "stepId" FROM approval_steps s JOIN approval_tickets k ON k.id = s.ticket_id
    WHERE s.status = 'ACTIVE' AND s.mode = 'all' AND k.status = 'PENDING' AND EXISTS (
      SELECT 1 FROM approval_step_decisions w WHERE w.step_id = s.id AND w.level = s.escalation_level) LIMIT 200`;
}
