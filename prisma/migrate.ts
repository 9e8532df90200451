import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

// The advisory lock and the ledger are those of Prisma Migrate, so both may be used on one database.
const PRISMA_LOCK = 72707369;
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

interface LedgerRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

const ownFolder = fileURLToPath(new URL("migrations", import.meta.url));

/** Applies what is missing, in order, each with its ledger row in one transaction; answers the names applied. */
export async function migrate(url: string, folder: string = ownFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: "shepherd-migrate" });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${PRISMA_LOCK})`);
    await keepTimesInUtc(client);
    await client.query(LEDGER);
    const pending = choosePending(await readMigrations(folder), await readLedger(client));
    for (const migration of pending) await applyMigration(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

// The database adapter drops offsets without converting, so any other time zone stores wrong instants.
async function keepTimesInUtc(client: pg.Client) {
  const { rows } = await client.query<{ zone: string; database: string }>(
    "SELECT current_setting('timezone') AS zone, current_database() AS database",
  );
  const { zone, database } = rows[0] ?? { zone: "", database: "" };
  if (zone === "UTC") return;
  await client.query(`ALTER DATABASE ${client.escapeIdentifier(database)} SET timezone = 'UTC'`);
}

async function readLedger(client: pg.Client): Promise<LedgerRow[]> {
  const { rows } = await client.query<LedgerRow>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return rows;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await fs.readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

function choosePending(migrations: Migration[], ledger: LedgerRow[]): Migration[] {
  const unfinished = ledger.filter((row) => !row.finished_at).map((row) => row.migration_name);
  if (unfinished.length)
    throw new Error(`A migration failed before: ${unfinished.join(", ")}. See prisma migrate resolve.`);
  const checksums = new Map(ledger.map((row) => [row.migration_name, row.checksum]));
  return migrations.filter(({ name, checksum }) => {
    const applied = checksums.get(name);
    if (applied && applied !== checksum)
      throw new Error(`Migration ${name} was edited after it was applied.`);
    return !applied;
  });
}

async function applyMigration(client: pg.Client, { name, sql, checksum }: Migration) {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env["DATABASE_URL"];
  if (!url) throw new Error("Set DATABASE_URL to the database to migrate.");
  const applied = await migrate(url);
  process.stdout.write(applied.length ? `Applied ${applied.join(", ")}.\n` : "Nothing to apply.\n");
}
