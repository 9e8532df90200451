import pg from "pg";
import type { Stack } from "@/e2e/stack";

/** As if the minutes in which a second factor counts as fresh had passed for somebody. */
export function ageSecondFactor(stack: Stack, username: string): Promise<void> {
  return change(
    stack,
    `UPDATE user_sessions SET mfa_at = mfa_at - interval '1 hour'
      WHERE revoked_at IS NULL AND user_id = (SELECT id FROM users WHERE username = $1)`,
    [username],
  );
}

/** As if what somebody was given on a System for a time ended in a few seconds. */
export function endMembershipSoon(stack: Stack, membership: { username: string; systemId: string }) {
  return change(
    stack,
    `UPDATE resource_role_bindings SET expires_at = now() + interval '3 seconds'
      WHERE expires_at IS NOT NULL AND resource_id = $2
        AND user_id = (SELECT id FROM users WHERE username = $1)`,
    [membership.username, membership.systemId],
  );
}

/** As if nobody had decided a request within the time that its step gives. */
export function passStepLimit(stack: Stack, ticketId: string): Promise<void> {
  return change(
    stack,
    `UPDATE approval_steps SET due_at = now() - interval '1 second'
      WHERE status = 'ACTIVE' AND due_at IS NOT NULL AND ticket_id = $1`,
    [ticketId],
  );
}

/** As if all but the last hours of a machine's life had passed. */
export function nearEndOfLife(stack: Stack, vmId: string): Promise<void> {
  return change(
    stack,
    `UPDATE vm_lifetimes SET expires_at = now() + interval '20 hours' WHERE vm_id = $1 AND state = 'running'`,
    [vmId],
  );
}

/** As if what was approved for a machine's console ended in a few seconds. */
export function endConsoleSoon(stack: Stack, vmId: string): Promise<void> {
  return change(
    stack,
    `WITH ending AS (UPDATE console_grants SET ends_at = now() + interval '4 seconds'
        WHERE vm_id = $1 AND revoked_at IS NULL RETURNING ticket_id)
      UPDATE vnc_access_tokens t SET grant_ends_at = now() + interval '4 seconds'
      FROM ending e WHERE t.ticket_id = e.ticket_id`,
    [vmId],
  );
}

async function change(stack: Stack, statement: string, values: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(statement, values);
    if (!rowCount) throw new Error(`Nothing was changed by: ${statement}`);
  } finally {
    await client.end();
  }
}
