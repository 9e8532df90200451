import pg from "pg";
import { z } from "zod";
import type { Stack } from "@/e2e/stack";

const ticket = z.object({
  status: z.string(),
  revision: z.number(),
  paused_seconds: z.number(),
  approver_name: z.string().nullable(),
  modification_reason: z.string().nullable(),
  reject_reason: z.string().nullable(),
  policy_effect: z.string().nullable(),
  emergency_id: z.string().nullable(),
  external_state: z.string().nullable(),
  external_system_id: z.string().nullable(),
});

/** What is on record of a request, whatever the pages say. */
export async function readTicket(stack: Stack, ticketId: string): Promise<z.output<typeof ticket>> {
  const rows = await readRows(stack, "SELECT * FROM approval_tickets WHERE id = $1", [ticketId]);
  return ticket.parse(rows[0]);
}

const step = z.object({
  name: z.string(),
  status: z.string(),
  escalation_level: z.number(),
  decisions: z.array(z.object({ by: z.string(), instead_of: z.string().nullable() })),
});

export async function readSteps(stack: Stack, ticketId: string): Promise<z.output<typeof step>[]> {
  const rows = await readRows(
    stack,
    `SELECT s.name, s.status, s.escalation_level,
       coalesce((SELECT jsonb_agg(jsonb_build_object('by', d.approver_name, 'instead_of', d.on_behalf_of_name)
         ORDER BY d.at) FROM approval_step_decisions d WHERE d.step_id = s.id), '[]') AS decisions
     FROM approval_steps s WHERE s.ticket_id = $1 ORDER BY s.position`,
    [ticketId],
  );
  return z.array(step).parse(rows);
}

export async function readRows(stack: Stack, statement: string, values: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows;
  } finally {
    await client.end();
  }
}
