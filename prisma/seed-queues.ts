import type { ClientBase } from "pg";
import { PgBoss } from "pg-boss";
import type { Job } from "@/lib/core/jobs";
import { jobContracts } from "@/lib/processes/job-contracts";

const hour = 3600;

/** The queue's own schema and one queue per job contract. */
export async function seedQueues(client: ClientBase, url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  boss.on("error", (error) => process.stderr.write(`queue: ${error.message}\n`));
  await boss.start();
  try {
    for (const job of jobContracts) await seedQueue(boss, job);
  } finally {
    await boss.stop({ graceful: false });
  }
  await grantQueues(client);
}

async function seedQueue(boss: PgBoss, job: Job): Promise<void> {
  const options = {
    notify: true,
    retryLimit: job.retryLimit,
    retryBackoff: true,
    retryDelay: 1,
    retryDelayMax: 30,
    // A handler's process that dies is noticed within this, long before the job would expire.
    heartbeatSeconds: 15,
    expireInSeconds: 300,
    // Spec §2: finished jobs are kept for a day, jobs nobody fetched for a week.
    deleteAfterSeconds: 24 * hour,
    retentionSeconds: 7 * 24 * hour,
  };
  await boss.createQueue(job.name, options);
  await boss.updateQueue(job.name, options);
}

/** The web process enqueues; that needs no more than the rows and functions of the queue. */
async function grantQueues(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM pg_roles WHERE rolname = 'shepherd_web'`);
  if (rowCount === 0) return;
  await client.query(`
    GRANT USAGE ON SCHEMA pgboss TO shepherd_web;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO shepherd_web;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA pgboss TO shepherd_web;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO shepherd_web;
    ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shepherd_web;
    ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT USAGE, SELECT ON SEQUENCES TO shepherd_web;
    ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT EXECUTE ON FUNCTIONS TO shepherd_web`);
}
