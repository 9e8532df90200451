import type { z } from "zod";
import { scopeCovers } from "@/lib/vocabulary/environments";
import { checkFieldValues } from "@/lib/catalog/templates/layers/check-field-values";
import { diskKey, settleFields } from "@/lib/catalog/templates/layers/rules";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ModifiedVm } from "@/lib/vms/modification/find-modified-vm";
import { compareHardware } from "@/lib/vms/modification/compare-hardware";
import { findWantedSettings } from "@/lib/vms/modification/find-wanted-settings";
import { isSame, type ModificationWish, type Settings } from "@/lib/vms/modification/schema";
import { applyWish } from "@/lib/vms/modification/settings/rules";
import { readSize, readTemplate, type PlacedVm, type RequestedSize } from "../store";
import { settleDisks } from "./settle-disks";
import { hardwareOf, requireWithinFrame, targetOf, type Target } from "./rules";
import type { PreviewModification, UnreachableRow } from "./schema";

type Json = Settings[string];

interface Wished {
  wish: ModificationWish;
  /** What of an earlier state cannot be had again. */
  unreachable: UnreachableRow[];
}

/** A step: what is asked for, as what changes; checked against the machine's size, its template and its state. */
export async function makeWish(
  tx: Tx,
  { vm, place }: { vm: ModifiedVm; place: PlacedVm },
  input: PreviewModification,
): Promise<Wished> {
  const { target, unreachable } = await settleTarget(tx, { vm, place }, input);
  const wish = await wishOf(tx, { vm, target, force: input.putBack === true });
  if (isEmpty(wish)) throw fieldRefused("vmId", "unchanged");
  return { wish, unreachable };
}

async function settleTarget(
  tx: Tx,
  { vm, place }: { vm: ModifiedVm; place: PlacedVm },
  input: PreviewModification,
): Promise<{ target: Target; unreachable: UnreachableRow[] }> {
  if (input.rollbackTo !== undefined || input.putBack === true) {
    const wanted = await findWantedSettings(tx, vm, input.rollbackTo ?? null);
    return targetOf(vm, wanted);
  }
  const size = await chooseSize(tx, { vm, place }, input.instanceSizeId);
  requireWithinFrame(vm, size, input);
  const overrides = await settleOverrides(tx, vm, input.fields);
  const isNew = size !== null && size.id !== vm.instanceSizeId;
  return {
    target: {
      ...(input.cpuCores === undefined ? {} : { cpuCores: input.cpuCores }),
      ...(input.memoryGi === undefined ? {} : { memoryGi: input.memoryGi }),
      ...(input.diskGb === undefined ? {} : { diskGb: input.diskGb }),
      ...(isNew
        ? {
            instanceSizeId: size.id,
            hardware: hardwareOf(size),
            cpuCores: input.cpuCores ?? size.cpuCores,
            memoryGi: input.memoryGi ?? size.memoryGi,
            ...(size.cpuRequest === null ? {} : { cpuRequest: size.cpuRequest }),
            ...(size.memoryRequestGi === null ? {} : { memoryRequestGi: size.memoryRequestGi }),
          }
        : {}),
      disks: await settleDisks(tx, vm, input.disks ?? {}),
      overrides: { ...overrides, ...(isNew ? await sizeOverrides(tx, vm, size) : {}) },
    },
    unreachable: [],
  };
}

/** The frame a machine's amounts stand in; null for one that was made elsewhere. */
async function chooseSize(
  tx: Tx,
  { vm, place }: { vm: ModifiedVm; place: PlacedVm },
  asked: string | undefined,
): Promise<RequestedSize | null> {
  const id = asked ?? vm.instanceSizeId;
  if (asked !== undefined && vm.blueprint === null) throw fieldRefused("instanceSizeId", "field_not_offered");
  if (id === null) return null;
  const size = await readSize(tx, id);
  if (asked === undefined || asked === vm.instanceSizeId) return size;
  if (!size.enabled || size.deprecatedAt !== null)
    throw new AppError("INVALID_STATE", { object: "instance_size", state: "deprecated", move: "request" });
  if (!scopeCovers(size.catalogScope, place.environmentClass)) {
    const params = { kind: "instance_size", scope: size.catalogScope, environment: place.environment };
    throw new AppError("CATALOG_SCOPE_MISMATCH", params);
  }
  return size;
}

/** The old size's own paths go, the new one's come. */
async function sizeOverrides(tx: Tx, vm: ModifiedVm, size: RequestedSize): Promise<Record<string, Json>> {
  const before = vm.instanceSizeId === null ? null : await readSize(tx, vm.instanceSizeId).catch(() => null);
  const left = Object.keys(before?.specOverrides ?? {}).filter((path) => !(path in size.specOverrides));
  return { ...Object.fromEntries(left.map((path) => [path, null])), ...size.specOverrides };
}

async function settleOverrides(
  tx: Tx,
  vm: ModifiedVm,
  fields: PreviewModification["fields"],
): Promise<Record<string, Json>> {
  const asked = Object.entries(fields ?? {});
  if (asked.length === 0) return {};
  if (vm.templateId === null || vm.blueprint === null) throw fieldRefused("fields", "field_not_offered");
  const template = await readTemplate(tx, vm.templateId, vm.templateVersion ?? undefined);
  const settled = settleFields(template, Object.fromEntries(asked));
  const chosen = asked
    .filter(([key]) => key !== diskKey)
    .map(([key]) => [key, settled.overrides[key] ?? null]);
  // Only what was asked for: the template's other defaults were settled when the machine was made.
  const overrides = Object.fromEntries(chosen) as Record<string, z.output<ReturnType<typeof z.json>>>;
  await checkFieldValues(tx, overrides);
  return overrides;
}

interface WishFacts {
  vm: ModifiedVm;
  target: Target;
  /** Also what the portal believes to be so already: the cluster has it otherwise. */
  force: boolean;
}

async function wishOf(tx: Tx, { vm, target, force }: WishFacts): Promise<ModificationWish> {
  const { blueprint } = vm;
  const now = {
    cpu: blueprint?.cpuLimit ?? vm.cpuCores,
    cpuRequest: blueprint?.cpuRequest ?? null,
    gi: blueprint?.memoryLimitGi ?? vm.memoryGi,
    requestGi: blueprint?.memoryRequestGi ?? null,
    diskGb: blueprint?.diskGb ?? vm.diskGb,
  };
  const cores = target.cpuCores ?? now.cpu;
  const gi = target.memoryGi ?? now.gi;
  const request = shareOf(target.cpuRequest, { before: now.cpuRequest, whole: now.cpu, becomes: cores });
  const requestGi = shareOf(target.memoryRequestGi, { before: now.requestGi, whole: now.gi, becomes: gi });
  const mayKeepRequest = target.cpuRequest === undefined && (await mayOvercommit(tx, vm.clusterId));
  const wantsCpu =
    cores !== now.cpu || request !== now.cpuRequest || (force && target.cpuCores !== undefined);
  const wantsMemory =
    gi !== now.gi || requestGi !== now.requestGi || (force && target.memoryGi !== undefined);
  const sized: ModificationWish = {
    ...(wantsCpu ? { cpu: { cores, request, mayKeepRequest } } : {}),
    ...(wantsMemory ? { memory: { gi, requestGi } } : {}),
    ...(target.diskGb !== undefined && (force || target.diskGb !== now.diskGb)
      ? { diskGb: target.diskGb }
      : {}),
    ...(target.disks === undefined || target.disks.length === 0 ? {} : { disks: target.disks }),
    paths: overridePaths(vm, target, force),
    ...(target.instanceSizeId === undefined || target.instanceSizeId === vm.instanceSizeId
      ? {}
      : { instanceSizeId: target.instanceSizeId }),
  };
  if (target.hardware === undefined || blueprint === null) return sized;
  const after = applyWish(blueprint, { ...sized, hardware: target.hardware }, request);
  return {
    ...sized,
    hardware: target.hardware,
    paths: [...sized.paths, ...compareHardware(blueprint, after)],
  };
}

/** What is reserved follows the whole where it was the whole, and else stays within it. */
function shareOf(
  asked: number | undefined,
  { before, whole, becomes }: { before: number | null; whole: number; becomes: number },
): number | null {
  if (before === null) return null;
  if (asked !== undefined) return Math.min(asked, becomes);
  return before === whole ? becomes : Math.min(before, becomes);
}

async function mayOvercommit(tx: Tx, clusterId: string): Promise<boolean> {
  const policy = await tx.clusterPolicy.findUnique({
    where: { clusterId },
    select: { allowCpuOvercommit: true },
  });
  return policy?.allowCpuOvercommit ?? true;
}

function overridePaths(vm: ModifiedVm, target: Target, force: boolean): ModificationWish["paths"] {
  const before = vm.blueprint?.overrides ?? {};
  return Object.entries(target.overrides ?? {}).flatMap(([path, value]) => {
    const old = before[path] ?? null;
    return isSame(old, value) && !force ? [] : [{ path, before: old, value, isOverride: true }];
  });
}

function isEmpty({ cpu, memory, diskGb, disks, paths, instanceSizeId }: ModificationWish): boolean {
  return [cpu, memory, diskGb, disks, instanceSizeId].every((one) => one === undefined) && paths.length === 0;
}
