import { db } from "@/lib/core/db";

/** Counters of tries, and what a page that may be read asks the worker. */
const written = ["rate_limit_counters", "worker_questions", "vm_looks"];

/** A line per table: how many rows it has, and what they come to; equal as long as nothing has changed. */
export async function countRows(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname`;
  const lines = await Promise.all(
    tables.filter(({ name }) => !written.includes(name)).map(({ name }) => countTable(name)),
  );
  return lines.join("\n");
}

/** When something was last used is no change of it, and a copy that was taken is recorded though it is a reading. */
async function countTable(name: string): Promise<string> {
  const [row] = await db().$queryRawUnsafe<{ count: bigint; sum: string | null }[]>(
    `SELECT count(*) AS count, sum(hashtextextended(
       (to_jsonb(t) - 'last_seen_at' - 'last_used_at' - 'last_used_ip')::text, 0))::text AS sum
       FROM "${name}" t WHERE to_jsonb(t) ->> 'action' IS DISTINCT FROM 'template.export'`,
  );
  return `${name} ${row?.count} ${row?.sum}`;
}
