import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { Demand } from "../quotas/schema";
import { explainPolicy } from "./rules";
import type { PolicyAnswer, TestPolicies } from "./schema";
import { listActiveRules, rolesHeld } from "./store";

/** Which rule would answer this, and of every other why it would not. */
export async function testPolicies(ctx: Context, input: TestPolicies): Promise<PolicyAnswer> {
  await authorize(db(), ctx, "platform:admin");
  const { operation, systemId, environment } = input;
  const place = await readPlace(input);
  const requester = await readRequester(input);
  const question = {
    ...{ operation, systemId, environment, environmentClass: place.environmentClass },
    ...{ requesterId: requester.id, requesterRoles: requester.roles, demand: demandOf(input) },
  };
  const { decision, rules } = explainPolicy(await listActiveRules(db()), question);
  return { decision, requester, workflowName: await nameOfWorkflow(decision.workflowId), rules };
}

async function readPlace({ systemId, environment }: TestPolicies) {
  const [place] = await db().$queryRaw<{ environmentClass: EnvironmentClass | null; isKnown: boolean }[]>`
    SELECT (SELECT class FROM environments WHERE name = ${environment}) AS "environmentClass",
      EXISTS (SELECT FROM systems WHERE id = ${systemId}) AS "isKnown"`;
  if (place === undefined || !place.isKnown) throw fieldRefused("systemId", "not_found");
  if (place.environmentClass === null) throw fieldRefused("environment", "not_found");
  return { environmentClass: place.environmentClass };
}

async function readRequester({ requester, systemId, environment }: TestPolicies) {
  const [found] = await db().$queryRaw<{ id: string; displayName: string }[]>`
    SELECT id, display_name AS "displayName" FROM users
    WHERE username = lower(${requester}) OR id = ${requester} LIMIT 1`;
  if (found === undefined) throw fieldRefused("requester", "not_found");
  const [held] = await db().$queryRaw<{ roles: string[] }[]>(
    Prisma.sql`SELECT ${rolesHeld({ requesterId: found.id, systemId, environment })} AS roles`,
  );
  return { ...found, roles: held?.roles ?? [] };
}

/** Where nothing was said of a size, nothing is held. */
function demandOf({ cpuCores, memoryGi, diskGb, gpus }: TestPolicies): Demand | null {
  if (cpuCores === null && memoryGi === null && diskGb === null && gpus === null) return null;
  return { vms: 1, cpuCores: cpuCores ?? 0, memoryGi: memoryGi ?? 0, diskGb: diskGb ?? 0, gpus: gpus ?? 0 };
}

async function nameOfWorkflow(workflowId: string | null): Promise<string | null> {
  if (workflowId === null) return null;
  const [row] = await db().$queryRaw<{ name: string }[]>`
    SELECT name FROM approval_workflows WHERE id = ${workflowId}`;
  return row?.name ?? null;
}
