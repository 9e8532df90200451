import { Prisma } from "@/prisma/generated/client";
import type { Tx } from "@/lib/core/transaction";
import type { LiveMachine } from "./live/rules";
import { factsOf } from "./project-machine";
import { isSame, sizedFields, type DriftRow, type Settings } from "./schema";
import { comparableOf, pathsOf } from "./settings/rules";
import type { ModifiedVm } from "./find-modified-vm";
import { asColumn } from "./store";

/** A step: keeps what was read of a machine, and where that is not what the portal wants it to be. */
export async function recordLive(
  tx: Tx,
  vm: ModifiedVm,
  live: Pick<LiveMachine, "resourceVersion" | "generation"> & { facts: Settings },
): Promise<DriftRow[]> {
  const rows = driftOf(comparableOf(vm), live.facts);
  const drift = rows.length === 0 ? null : JSON.stringify(rows);
  await tx.$executeRaw`
    INSERT INTO vm_live_specs AS l (vm_id, resource_version, generation, facts, read_at, drift, drift_since)
    VALUES (${vm.id}, ${live.resourceVersion}, ${live.generation}, ${asColumn(live.facts)}::jsonb, now(),
      ${drift}::jsonb, ${drift === null ? Prisma.sql`NULL` : Prisma.sql`now()`})
    ON CONFLICT (vm_id) DO UPDATE SET resource_version = excluded.resource_version,
      generation = excluded.generation, facts = excluded.facts, read_at = excluded.read_at, drift = excluded.drift,
      drift_since = CASE WHEN excluded.drift IS NULL THEN NULL ELSE coalesce(l.drift_since, now()) END`;
  return rows;
}

function driftOf(wanted: Settings, facts: Settings): DriftRow[] {
  return Object.entries(wanted).flatMap(([field, value]) => {
    const live = facts[field] ?? null;
    // What could not be read says nothing, and neither does a disk that the portal has never known.
    const isUnknown = sizedFields.some((one) => one === field) && (live === null || value === 0);
    if (isSame(live, value) || isUnknown) return [];
    return [{ field, wanted: value, live }];
  });
}

export function ownFactsOf(vm: ModifiedVm, live: LiveMachine): Settings {
  return factsOf(live, pathsOf(vm));
}
