import { db } from "@/lib/core/db";
import type { CompleteList } from "@/lib/vms/observation";

/** A complete list names every labelled machine there is: what waits for a decision and is not in it has gone. */
export async function noticeMissing({ clusterId, kind, keys }: CompleteList): Promise<void> {
  if (kind !== "vm") return;
  await db().$executeRaw`
    UPDATE pending_adoptions SET status = 'GONE'
    WHERE cluster_id = ${clusterId} AND status = 'PENDING'
      AND (namespace || '/' || resource_name) <> ALL(${keys}::text[])`;
}
