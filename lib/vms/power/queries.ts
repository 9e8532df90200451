import { db } from "@/lib/core/db";

const acpi = "spec.template.spec.domain.features.acpi";

interface PowerLimits {
  inMaintenance: boolean;
  /** False where the guest has neither an agent that answers nor ACPI. */
  canReboot: boolean;
}

/** What stands in the way of a machine's power operations beside its state and the person's role. */
export async function readPowerLimits(vmId: string): Promise<PowerLimits> {
  const rows = await db().$queryRaw<PowerLimits[]>`
    SELECT c.maintenance AS "inMaintenance",
      NOT (coalesce(v.blueprint -> 'overrides' ->> ${`${acpi}.enabled`},
          v.blueprint -> 'overrides' -> ${acpi} ->> 'enabled', 'true') = 'false'
        AND coalesce(g.state, 'absent') <> 'connected') AS "canReboot"
    FROM vms v JOIN clusters c ON c.id = v.cluster_id LEFT JOIN vm_guest_facts g ON g.vm_id = v.id
    WHERE v.id = ${vmId}`;
  return rows[0] ?? { inMaintenance: false, canReboot: true };
}
