import { db } from "@/lib/core/db";

/** Counters of tries, and what a page that may be read asks the worker. */
const uncounted = ["rate_limit_counters", "delete_confirmation_attempts", "worker_questions"];

interface TableRow {
  place: string;
  name: string;
}

/** From here on every row that a committed transaction touches leaves a mark; what is rolled back leaves none. */
export async function watchWrites(): Promise<{ take: () => Promise<string[]> }> {
  await db().$executeRaw`CREATE SCHEMA watched`;
  await db().$executeRaw`CREATE TABLE watched.writes (name text NOT NULL)`;
  await db()
    .$executeRawUnsafe(`CREATE FUNCTION watched.mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN INSERT INTO watched.writes VALUES (TG_TABLE_NAME || ' ' || lower(TG_OP)); RETURN NULL; END $$`);
  const tables = await db().$queryRaw<TableRow[]>`
    SELECT n.nspname AS place, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND (n.nspname = 'public' OR (n.nspname = 'pgboss' AND c.relname = 'job'))`;
  for (const table of tables.filter(({ name }) => !uncounted.includes(name))) await markTable(table);
  return { take: takeMarks };
}

/** A refusal that is put on record is no write of what was refused. */
async function markTable({ place, name }: TableRow): Promise<void> {
  const created = `CREATE TRIGGER zz_watched AFTER`;
  const run = `FOR EACH ROW`;
  const isLog = name === "audit_logs";
  await db().$executeRawUnsafe(
    `${created} INSERT ON "${place}"."${name}" ${run} ${isLog ? "WHEN (NEW.outcome <> 'failure')" : ""} EXECUTE FUNCTION watched.mark()`,
  );
  if (isLog) return;
  await db().$executeRawUnsafe(
    `${created.replace("zz_watched", "zz_watched_changes")} UPDATE OR DELETE ON "${place}"."${name}" ${run} EXECUTE FUNCTION watched.mark()`,
  );
}

async function takeMarks(): Promise<string[]> {
  const rows = await db().$queryRaw<
    { name: string }[]
  >`SELECT DISTINCT name FROM watched.writes ORDER BY name`;
  if (rows.length > 0) await db().$executeRaw`DELETE FROM watched.writes`;
  return rows.map(({ name }) => name);
}
