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
