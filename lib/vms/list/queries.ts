import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import { toPage, type Page } from "@/lib/core/paging";
import { parseSearch } from "./language/rules";
import type { SearchTerm } from "./language/schema";
import { makeConditions, makePlaceCondition, tablesOf } from "./make-conditions";
import { planPage, type PagePlan } from "./plan-page";
import { isInPlaces, needsEnvironment, readVisiblePlaces, type VisiblePlaces } from "./read-visible-places";
import { defaultSort } from "./columns/rules";
import type { VmFilter, VmListRow } from "./schema";

/**
 * A page in two statements, however many machines there are: where the person's machines are, and the page's rows.
 * @throws VALIDATION_FAILED where a part of the search is not understood
 */
export async function listVms(ctx: Context, filter: VmFilter): Promise<Page<VmListRow>> {
  return listMatching(ctx, filter, readTerms(filter.q));
}

/** For pages, which say beside the list what of the search was not understood. */
export async function listUnderstood(ctx: Context, filter: VmFilter): Promise<Page<VmListRow>> {
  return listMatching(ctx, filter, parseSearch(filter.q ?? "").terms);
}

function readTerms(q: string | undefined): SearchTerm[] {
  const { terms, problems } = parseSearch(q ?? "");
  const [first] = problems;
  if (first === undefined) return terms;
  const { text, at, suggestion } = first;
  throw fieldRefused("q", "invalid_search", { text, at, suggestion: suggestion ?? "" });
}

async function listMatching(
  ctx: Context,
  filter: VmFilter,
  terms: readonly SearchTerm[],
): Promise<Page<VmListRow>> {
  const plan = planPage(filter.sort ?? defaultSort, filter.cursor);
  const places = await readVisiblePlaces(ctx, makePlaceCondition(terms, filter));
  const conditions = [
    isInPlaces(places),
    ...makeConditions(ctx, terms),
    ...givenConditions(filter),
    plan.after,
  ];
  const rows = await db().$queryRaw<VmListRow[]>`
    SELECT ${rowColumns} FROM (
      SELECT v.* FROM ${tables(filter, terms, { plan, places })}
      WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${plan.order} LIMIT ${filter.perPage + 1}
    ) v ${rowTables} ORDER BY ${plan.order}`;
  return toPage(rows, filter.perPage, plan.keyOf);
}

/** Names that stand alone are looked up for the page's rows: joined, they would cost more to plan than to read. */
const rowColumns = Prisma.sql`v.id, v.name, v.origin, v.namespace,
  (SELECT n.environment FROM namespaces n WHERE n.name = v.namespace) AS environment, v.status,
  v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", s.system_id AS "systemId",
  (SELECT y.name FROM systems y WHERE y.id = s.system_id) AS "systemName", s.id AS "serviceId",
  s.name AS "serviceName", (SELECT c.name FROM clusters c WHERE c.id = v.cluster_id) AS "clusterName", v.ip,
  v.cpu_cores::float8 AS "cpuCores", v.memory_gi::float8 AS "memoryGi", v.disk_gb AS "diskGb",
  v.status_since AS "statusSince", v.observed_at AS "observedAt", v.created_at AS "createdAt",
  (SELECT t.display_name FROM templates t WHERE t.id = v.template_id) AS "templateName",
  (SELECT z.display_name FROM instance_sizes z WHERE z.id = v.instance_size_id) AS "sizeName",
  (SELECT u.display_name FROM users u WHERE u.id = v.created_by) AS "ownerName",
  l.expires_at AS "expiresAt", coalesce(l.protected, FALSE) AS "isProtected"`;

const rowTables = Prisma.sql`JOIN services s ON s.id = v.service_id LEFT JOIN vm_lifetimes l ON l.vm_id = v.id`;

/** Only what the conditions and the order look at, so that the rows of a page alone are joined with the rest. */
function tables(
  filter: VmFilter,
  terms: readonly SearchTerm[],
  { plan, places }: { plan: PagePlan; places: VisiblePlaces },
): Prisma.Sql {
  const needed = tablesOf(terms);
  const joined = [
    Prisma.sql`vms v`,
    ...(needed.namespaces || filter.environment || needsEnvironment(places)
      ? [Prisma.sql`JOIN namespaces n ON n.name = v.namespace`]
      : []),
    ...(needed.clusters ? [Prisma.sql`JOIN clusters c ON c.id = v.cluster_id`] : []),
    ...(needed.lifetimes || plan.needsLifetimes
      ? [Prisma.sql`LEFT JOIN vm_lifetimes l ON l.vm_id = v.id`]
      : []),
  ];
  return Prisma.join(joined, " ");
}

function givenConditions(filter: VmFilter): Prisma.Sql[] {
  const { ids, templateId, namespace, environment, status } = filter;
  return [
    ...(ids ? [Prisma.sql`v.id = ANY(${ids})`] : []),
    ...(templateId ? [Prisma.sql`v.template_id = ${templateId}`] : []),
    ...(namespace ? [Prisma.sql`v.namespace = ${namespace}`] : []),
    ...(environment ? [Prisma.sql`n.environment = ${environment}`] : []),
    ...(status ? [Prisma.sql`v.status = ${status}`] : []),
  ];
}
