import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ModifiedVm } from "./find-modified-vm";
import { unpackSettings } from "./record-revision";
import { drift, type Settings } from "./schema";
import { settingsOf } from "./settings/rules";

/** A step: the settings of an earlier revision or, without one, those of the machine that the cluster has otherwise. */
export async function findWantedSettings(tx: Tx, vm: ModifiedVm, revision: number | null): Promise<Settings> {
  if (revision === null) return driftedSettings(tx, vm);
  const row = await tx.vmRevision.findUnique({
    where: { vmId_revision: { vmId: vm.id, revision } },
    select: { specSnapshot: true },
  });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "revision" });
  return unpackSettings(row.specSnapshot);
}

async function driftedSettings(tx: Tx, vm: ModifiedVm): Promise<Settings> {
  const row = await tx.vmLiveSpec.findUnique({ where: { vmId: vm.id }, select: { drift: true } });
  const differing = new Set(
    drift
      .catch([])
      .parse(row?.drift ?? [])
      .map(({ field }) => field),
  );
  const wanted = Object.entries(settingsOf(vm));
  const overrides = Object.entries(vm.blueprint?.overrides ?? {});
  const all = [...wanted, ...overrides].filter(
    ([field]) => differing.has(field) || field.startsWith("spec."),
  );
  return Object.fromEntries(all);
}
