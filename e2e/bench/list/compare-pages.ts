import pg from "pg";
import type { Context } from "@/lib/core/context";
import { listVms } from "@/lib/vms/list/queries";
import type { VmFilter } from "@/lib/vms/list/schema";
import { compare, measurePairs, quantile, type Comparison } from "../ground/pairs";
import { person } from "./seed-park";

const perPage = 50;
const pairCount = 10;
const pagesPerBlock = 30;

interface Combination {
  name: string;
  filter: Omit<VmFilter, "perPage">;
  /** The same by hand: conditions on machines v, namespaces n, lifetimes l, with the person's services as $1. */
  where: string;
  values?: unknown[];
  order: string;
  tables?: string;
}

const namespaces = "JOIN namespaces n ON n.name = v.namespace";
const lifetimes = "LEFT JOIN vm_lifetimes l ON l.vm_id = v.id";

/** Eight ways to look at the list; each by hand as somebody would who knows the tables. */
const combinations: Combination[] = [
  { name: "newest", filter: {}, where: "TRUE", order: "v.created_at DESC, v.id DESC" },
  {
    name: "running by name",
    filter: { q: "status:running", sort: "name" },
    where: "v.status = $2",
    values: ["RUNNING"],
    order: "v.name, v.id",
  },
  {
    name: "failed by time in state",
    filter: { q: "status:failed", sort: "since" },
    where: "v.status = $2",
    values: ["FAILED"],
    order: "v.status_since, v.id",
  },
  {
    name: "large in test by cores",
    filter: { q: "cpu>4 env:test", sort: "-cpu" },
    where: "v.cpu_cores > $2 AND n.environment = $3",
    values: [4, "test"],
    order: "v.cpu_cores DESC, v.id DESC",
    tables: namespaces,
  },
  {
    name: "name pattern by memory",
    filter: { q: "name:web-00012*", sort: "memory" },
    where: "v.name LIKE $2",
    values: ["web-00012%"],
    order: "v.memory_gi, v.id",
  },
  {
    name: "one system by disk",
    filter: { q: "system:sys-50", sort: "-disk" },
    where: "v.service_id IN (SELECT id FROM services WHERE system_id = $2)",
    values: ["sys-50"],
    order: "v.disk_gb DESC, v.id DESC",
  },
  {
    name: "ending within thirty days by end",
    filter: { q: "expires<30d", sort: "expires" },
    where: "l.expires_at < now() + make_interval(secs => $2)",
    values: [30 * 86_400],
    order: "coalesce(l.expires_at, 'infinity'), v.id",
    tables: lifetimes,
  },
  {
    name: "free text, not stopped, by status",
    filter: { q: "99 -status:stopped", sort: "-status" },
    where: "v.name LIKE $2 AND v.status <> $3",
    values: ["%99%", "STOPPED"],
    order: "v.status DESC, v.id DESC",
  },
];

interface Measured extends Comparison {
  combination: string;
  rows: number;
}

/**
 * The p95 of a page in blocks of thirty, ours against raw `pg` on a connection of its own with named statements: where
 * the person has a role, and the page's rows there; of permissions and environments it asks nothing.
 */
export async function comparePages(ctx: Context, connectionString: string): Promise<Measured[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const measured: Measured[] = [];
    for (const combination of combinations) {
      const byHand = async () =>
        client.query<{ id: string }>(statementOf(combination, await servicesOf(client)));
      const ours = () => listVms(ctx, { perPage, ...combination.filter });
      const rows = await requireSameRows(combination.name, byHand, ours);
      const pairs = await measurePairs(pairCount, {
        baseline: () => p95(byHand),
        ours: () => p95(ours),
      });
      measured.push({ combination: combination.name, rows, ...compare(pairs) });
    }
    return measured;
  } finally {
    await client.end();
  }
}

/** Each combination once, for whoever counts statements. */
export function pagesOf(ctx: Context): Record<string, () => Promise<unknown>> {
  return Object.fromEntries(
    combinations.map(({ name, filter }) => [name, () => listVms(ctx, { perPage, ...filter })]),
  );
}

async function servicesOf(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: "services",
    text: `SELECT s.id FROM resource_role_bindings m JOIN services s ON s.system_id = m.resource_id WHERE m.user_id = $1`,
    values: [person.id],
  });
  return found.rows.map(({ id }) => id);
}

function statementOf(combination: Combination, services: string[]): pg.QueryConfig {
  const { name, where, order, values = [], tables = "" } = combination;
  const text = `SELECT v.id, v.name, v.origin, v.namespace, n.environment, v.status, v.status_message, v.cluster_status,
      s.system_id, y.name AS system_name, s.id AS service_id, s.name AS service_name, c.name AS cluster_name, v.ip,
      v.cpu_cores::float8, v.memory_gi::float8, v.disk_gb, v.status_since, v.observed_at, v.created_at,
      t.display_name AS template_name, z.display_name AS size_name, u.display_name AS owner_name, l.expires_at, l.protected
    FROM (SELECT v.* FROM vms v ${tables} WHERE v.service_id = ANY($1) AND ${where} ORDER BY ${order} LIMIT ${perPage + 1}) v
    JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id ${namespaces}
    JOIN clusters c ON c.id = v.cluster_id LEFT JOIN templates t ON t.id = v.template_id
    LEFT JOIN instance_sizes z ON z.id = v.instance_size_id LEFT JOIN users u ON u.id = v.created_by ${lifetimes}
    ORDER BY ${order}`;
  return { name, text, values: [services, ...values] };
}

/** A comparison with another answer would be worth nothing. */
async function requireSameRows(
  name: string,
  byHand: () => Promise<pg.QueryResult<{ id: string }>>,
  ours: () => Promise<{ items: { id: string }[] }>,
): Promise<number> {
  const wanted = (await byHand()).rows.slice(0, perPage).map(({ id }) => id);
  const given = (await ours()).items.map(({ id }) => id);
  if (wanted.join() !== given.join() || given.length === 0)
    throw new Error(`${name}: ${given.length} rows of ours are not the ${wanted.length} rows by hand`);
  return given.length;
}

/** In milliseconds. */
async function p95(page: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < pagesPerBlock; index += 1) {
    const begun = performance.now();
    await page();
    times.push(performance.now() - begun);
  }
  return quantile(
    times.toSorted((a, b) => a - b),
    0.95,
  );
}
