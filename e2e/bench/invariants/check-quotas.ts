import { db } from "@/lib/core/db";

type Row = { subject: string; why: string };

/** What is held is counted twice, as rows and as a sum; the two say the same, and no machine is left out. */
export function findWrongQuotas(): Promise<Row[]> {
  return db().$queryRaw`
    WITH counted AS (
      SELECT system_id, environment, sum(vms) AS vms, sum(cpu_cores) AS cpu, sum(memory_gi) AS memory,
        sum(disk_gb) AS disk, sum(gpus) AS gpus
      FROM reservations WHERE state <> 'RELEASED' GROUP BY 1, 2)
    SELECT coalesce(u.system_id, c.system_id) || '/' || coalesce(u.environment, c.environment) AS subject,
      'the meter is not the sum of what is held' AS why
    FROM quota_usages u FULL JOIN counted c USING (system_id, environment)
    WHERE (coalesce(u.used_vms, 0), coalesce(u.used_cpu_cores, 0), coalesce(u.used_memory_gi, 0),
        coalesce(u.used_disk_gb, 0), coalesce(u.used_gpus, 0))
      IS DISTINCT FROM (coalesce(c.vms, 0), coalesce(c.cpu, 0), coalesce(c.memory, 0), coalesce(c.disk, 0),
        coalesce(c.gpus, 0))
    UNION ALL
    SELECT t.id, 'has ended and still holds room' FROM approval_tickets t
    JOIN reservations r ON r.ticket_id = t.id AND r.state = 'HELD'
    WHERE t.status IN ('REJECTED', 'CANCELLED', 'FAILED')
    UNION ALL
    SELECT r.id, 'is kept for a machine that is gone' FROM reservations r
    LEFT JOIN vms v ON v.id = r.vm_id WHERE r.state = 'KEPT' AND v.id IS NULL`;
}
