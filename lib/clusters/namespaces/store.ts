import { db } from "@/lib/core/db";
import type { NamespaceState } from "./schema";

interface SeenNamespace {
  clusterId: string;
  name: string;
  state: Exclude<NamespaceState, "unknown">;
}

/** What a look at one cluster found; a cluster that was removed meanwhile has no row. */
export async function recordNamespace({ clusterId, name, state }: SeenNamespace): Promise<void> {
  await db().$executeRaw`
    INSERT INTO cluster_namespaces (cluster_id, name, state, checked_at)
    SELECT id, ${name}, ${state}, now() FROM clusters WHERE id = ${clusterId}
    ON CONFLICT (cluster_id, name) DO UPDATE SET state = excluded.state, checked_at = excluded.checked_at`;
}
