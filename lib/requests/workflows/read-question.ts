import { z } from "zod";
import type { Tx } from "@/lib/core/transaction";
import { environmentClasses } from "@/lib/vocabulary/environments";
import { operations } from "@/lib/vocabulary/operations";
import type { Ticket } from "../store";
import type { WorkflowChoice, WorkflowQuestion } from "./choose-workflow";
import { conditionShape, stepDefinition } from "./schema";

const held = z.object({ cpuCores: z.number(), memoryGi: z.number(), diskGb: z.number(), gpus: z.number() });
const anyOperation = z.enum([...operations, "SYSTEM_ACCESS"]);

type Asked = Pick<
  Ticket,
  "operation" | "systemId" | "environment" | "requesterId" | "demand" | "instanceSizeId" | "policyId"
>;

/** A step: what a ticket's workflow may look at. */
export async function readQuestion(tx: Tx, ticket: Asked): Promise<WorkflowQuestion> {
  const { systemId, environment, requesterId } = ticket;
  return {
    operation: anyOperation.parse(ticket.operation),
    systemId,
    environment,
    environmentClass: await readClass(tx, environment),
    requesterId,
    demand: held.nullable().catch(null).parse(ticket.demand),
    costClass: await readCostClass(tx, ticket.instanceSizeId),
    workflowId: await readNamedWorkflow(tx, ticket.policyId),
  };
}

/** The workflow that the rule which said "ask" names itself. */
async function readNamedWorkflow(tx: Tx, policyId: string | null): Promise<string | null> {
  if (policyId === null) return null;
  const policy = await tx.approvalPolicy.findUnique({
    where: { id: policyId },
    select: { workflowId: true },
  });
  return policy?.workflowId ?? null;
}

export async function readClass(
  tx: Tx,
  environment: string | null,
): Promise<WorkflowQuestion["environmentClass"]> {
  if (environment === null) return null;
  const row = await tx.environment.findUnique({ where: { name: environment }, select: { class: true } });
  return z
    .enum(environmentClasses)
    .nullable()
    .parse(row?.class ?? null);
}

export async function readCostClass(tx: Tx, sizeId: string | null): Promise<string | null> {
  if (sizeId === null) return null;
  const size = await tx.instanceSize.findUnique({ where: { id: sizeId }, select: { costClass: true } });
  return size?.costClass ?? null;
}

/** A step: the workflows that may be chosen. */
export async function listEnabledWorkflows(tx: Tx): Promise<WorkflowChoice[]> {
  const rows = await tx.approvalWorkflow.findMany({ where: { enabled: true }, take: 500 });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    priority: row.priority,
    revision: row.revision,
    match: matchOf(row),
    steps: z.array(stepDefinition).parse(row.steps),
  }));
}

interface MatchColumns {
  operations: string[];
  environment: string;
  environmentName: string | null;
  systemId: string | null;
  minCpuCores: { toNumber: () => number } | number | null;
  minMemoryGi: { toNumber: () => number } | number | null;
  minDiskGb: number | null;
  requiresGpu: boolean | null;
  costClass: string | null;
}

const match = conditionShape.extend({ systemId: z.string().nullable() });

/** The columns of a row as the conditions they state. */
export function matchOf(row: MatchColumns): WorkflowChoice["match"] {
  const { operations, environment, environmentName, systemId, minDiskGb, requiresGpu, costClass } = row;
  return match.parse({
    ...{ operations, environment, environmentName, systemId, minDiskGb, requiresGpu, costClass },
    minCpuCores: row.minCpuCores === null ? null : Number(row.minCpuCores),
    minMemoryGi: row.minMemoryGi === null ? null : Number(row.minMemoryGi),
  });
}
