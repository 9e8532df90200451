import { db } from "@/lib/core/db";

/** The clock's: pictures nobody has looked at for an hour, and those of machines that run no more. */
export async function purgeThumbnails(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM vm_thumbnails p USING vms v WHERE v.id = p.vm_id AND p.png IS NOT NULL
      AND (p.observed_at < now() - interval '1 hour' OR v.status NOT IN ('RUNNING', 'PAUSED', 'MIGRATING')
        OR p.vmi_uid IS DISTINCT FROM v.vmi_uid)`;
}
