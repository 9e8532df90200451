import { db } from "@/lib/core/db";

/** Takes out what nobody needs any more; what happened stays in the audit log. By the database's clock. */
export async function purgeIdentity(): Promise<void> {
  await db().$executeRaw`DELETE FROM auth_flow_states WHERE expires_at < now() - interval '1 hour'`;
  await db().$executeRaw`DELETE FROM auth_replay_entries WHERE expires_at < now() - interval '1 hour'`;
  await db().$executeRaw`DELETE FROM mfa_challenges WHERE expires_at < now() - interval '1 hour'`;
  await db()
    .$executeRaw`DELETE FROM password_links WHERE least(expires_at, used_at) < now() - interval '30 days'`;
  await db()
    .$executeRaw`DELETE FROM api_tokens WHERE least(expires_at, revoked_at) < now() - interval '90 days'`;
  await db()
    .$executeRaw`DELETE FROM user_sessions WHERE least(expires_at, revoked_at) < now() - interval '90 days'`;
  await db().$executeRaw`DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`;
  await db().$executeRaw`DELETE FROM rate_limit_counters WHERE window_start < now() - interval '1 day'`;
}
