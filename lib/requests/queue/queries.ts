import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isOnDesk } from "../store";
import type { QueueFacets } from "./schema";

const facetsMax = 200;

interface FacetRow {
  kind: "system" | "requester";
  id: string;
  name: string;
}

/** Of which Systems and of whom requests wait on the desks that this person watches. */
export async function listQueueFacets(ctx: Context): Promise<QueueFacets> {
  const rows = await db().$queryRaw<FacetRow[]>`
    WITH waiting AS (SELECT k.system_id, k.system_name, k.requester_id, k.requester_name FROM approval_tickets k
      WHERE k.status = 'PENDING' AND ${isOnDesk(ctx, "builtin_approval:view")} LIMIT 2000)
    (SELECT 'system' AS kind, system_id AS id, max(system_name) AS name FROM waiting
      GROUP BY system_id ORDER BY name LIMIT ${facetsMax})
    UNION ALL
    (SELECT 'requester' AS kind, requester_id AS id, max(requester_name) AS name FROM waiting
      GROUP BY requester_id ORDER BY name LIMIT ${facetsMax})`;
  const of = (kind: FacetRow["kind"]) =>
    rows.filter((row) => row.kind === kind).map(({ id, name }) => ({ id, name }));
  return { systems: of("system"), requesters: of("requester") };
}
