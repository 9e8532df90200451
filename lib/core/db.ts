import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/prisma/generated/client";
import { env } from "./env";

/** Next keeps several module graphs in one process; they share one client through globalThis. */
const shared = globalThis as typeof globalThis & { shepherdDatabase?: PrismaClient };

export function db(): PrismaClient {
  shared.shepherdDatabase ??= connect();
  return shared.shepherdDatabase;
}

export async function closeDb(): Promise<void> {
  await shared.shepherdDatabase?.$disconnect();
  delete shared.shepherdDatabase;
}

function connect(): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: env().DATABASE_URL,
      max: env().DB_POOL_MAX,
      idleTimeoutMillis: 600_000,
      connectionTimeoutMillis: 5_000,
      // The adapter drops offsets without converting, so any other zone would store wrong instants.
      options: "-c timezone=UTC",
    },
    isPooled() ? {} : { statementNameGenerator: ({ sql }) => nameOf(sql) },
  );
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 15_000 } });
}

/** Behind a transaction pooler a name given on one connection is unknown on the next. */
function isPooled(): boolean {
  return env().DATABASE_SESSION_URL !== undefined;
}

const namesMax = 500;
const names = new Map<string, string>();

/** The same text keeps its name, so that PostgreSQL parses and plans it once per connection; rare ones stay nameless. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= namesMax) return "";
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
}
