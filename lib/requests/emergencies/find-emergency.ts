import type { Tx } from "@/lib/core/transaction";

/** A step: the running emergency in whose name this person is not asked there, if there is one. */
export async function findEmergency(
  tx: Tx,
  place: { personId: string; systemId: string; environment: string },
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM emergencies WHERE person_id = ${place.personId} AND system_id = ${place.systemId}
      AND environment = ${place.environment} AND ended_at IS NULL AND ends_at > now()`;
  return rows[0]?.id ?? null;
}
