import { fileURLToPath } from "node:url";
import pg from "pg";
import { seedAccess } from "./seed-access";
import { seedKeys } from "./seed-keys";
import { seedPolicies } from "./seed-policies";
import { seedQueues } from "./seed-queues";

const seedLock = 72707370;

/** Everything the platform needs before anybody signs in. Safe twice, safe in production, safe from two places at once. */
export async function seed(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "shepherd-seed",
    options: "-c timezone=UTC",
  });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [seedLock]);
    await client.query("BEGIN");
    await seedKeys(client);
    await seedAccess(client);
    await seedPolicies(client);
    await client.query("COMMIT");
    await seedQueues(client, url);
  } finally {
    // Ends the session and with it the lock and an open transaction.
    await client.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env["DATABASE_SESSION_URL"] ?? process.env["DATABASE_URL"];
  if (!url) throw new Error("Set DATABASE_URL to the database to seed.");
  await seed(url);
  process.stdout.write("The database is seeded.\n");
}
