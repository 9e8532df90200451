import { Prisma } from "@/prisma/generated/client";
import type { Tx } from "@/lib/core/transaction";
import type { Hardware } from "../hardware/schema";
import type { LiveMachine } from "./live/rules";
import { factsOf } from "./project-machine";
import { isSame, sizedFields, type DriftRow, type Settings } from "./schema";
import { comparableOf, pathsOf } from "./settings/rules";
import type { ModifiedVm } from "./find-modified-vm";
import { asStorableText } from "./store";

/** A step: keeps what was read of a machine, and where that is not what the portal wants it to be. */
export async function recordLive(
  tx: Tx,
  vm: ModifiedVm,
  live: Pick<LiveMachine, "resourceVersion" | "generation"> & {
    facts: Settings;
    /** Kept as it was where nobody has read it. */
    hardware?: Hardware;
  },
): Promise<DriftRow[]> {
  const rows = driftOf(wantedOf(vm, live.hardware), live.facts);
  const drift = rows.length === 0 ? null : asStorableText(rows);
  const hardware = live.hardware === undefined ? null : asStorableText(live.hardware);
  await tx.$executeRaw`
    INSERT INTO vm_live_specs AS l (vm_id, resource_version, generation, facts, hardware, read_at, drift,
      drift_since)
    VALUES (${vm.id}, ${live.resourceVersion}, ${live.generation}, ${asStorableText(live.facts)}::jsonb,
      ${hardware}::jsonb, now(), ${drift}::jsonb, ${drift === null ? Prisma.sql`NULL` : Prisma.sql`now()`})
    ON CONFLICT (vm_id) DO UPDATE SET resource_version = excluded.resource_version,
      generation = excluded.generation, facts = excluded.facts, hardware = coalesce(excluded.hardware, l.hardware),
      read_at = excluded.read_at, drift = excluded.drift,
      drift_since = CASE WHEN excluded.drift IS NULL THEN NULL ELSE coalesce(l.drift_since, now()) END`;
  return rows;
}

/** The size of all disks together, as a found machine has it, is no size of the first. */
function wantedOf(vm: ModifiedVm, hardware: Hardware | undefined): Settings {
  const { diskGb, ...wanted } = comparableOf(vm);
  const claims = hardware?.disks.filter(({ claim }) => claim !== null) ?? [];
  return vm.blueprint === null && claims.length > 1 ? wanted : { ...wanted, diskGb: diskGb ?? null };
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
