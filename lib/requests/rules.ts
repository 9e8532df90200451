import type { z } from "zod";
import { settleFields, type FieldLayers } from "@/lib/catalog/templates/layers/rules";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { SourceType } from "@/lib/clusters/placement";
import type { Scope } from "@/lib/access/rules";
import type { VmBlueprint } from "@/lib/vms/schema";
import type { Permission } from "@/lib/vocabulary/permissions";
import type { ApprovalChoices, RequestVm } from "./schema";

type Json = z.output<ReturnType<typeof z.json>>;

/** The template's frozen facts. */
export interface TemplateFacts extends FieldLayers {
  sourceType: SourceType;
  imageUrl: string | null;
  pvcNamespace: string | null;
  pvcName: string | null;
  cloudInit: string;
  osFamily: string;
  loginUser: string;
  oneTimePassword: boolean;
}

/** The size's frozen facts. */
export interface SizeFacts {
  cpuCores: number;
  cpuRequest: number | null;
  memoryGi: number;
  memoryRequestGi: number | null;
  defaultDiskGb: number;
  minDiskGb: number;
  maxDiskGb: number;
  dedicatedCpu: boolean;
  sriovNetworks: string[];
  specOverrides: Record<string, Json>;
  gpuDevices: { name: string; count: number }[];
  hugepagesSize: string | null;
  dvAccessModes: string[];
  dvVolumeMode: string | null;
}

export type Targets = Pick<RequestVm, "targetCpuCores" | "targetMemoryGi" | "targetDiskGb" | "fields">;

/** A person may ask for less than the size, never for more; the disk stays within the size's range (spec §5.10). */
export function requireTargetsWithin(size: SizeFacts, targets: Targets): void {
  const { targetCpuCores: cpu, targetMemoryGi: memory, targetDiskGb: disk } = targets;
  if (cpu !== undefined && fixes(size, /\.domain\.cpu\.(?:cores|sockets|threads)$/)) {
    throw fieldRefused("targetCpuCores", "fixed_by_size");
  }
  if (memory !== undefined && fixes(size, /\.domain\.memory\.guest$/)) {
    throw fieldRefused("targetMemoryGi", "fixed_by_size");
  }
  if (cpu !== undefined && cpu > size.cpuCores) {
    throw fieldRefused("targetCpuCores", "too_large", { maximum: size.cpuCores });
  }
  if (memory !== undefined && memory > size.memoryGi) {
    throw fieldRefused("targetMemoryGi", "too_large", { maximum: size.memoryGi });
  }
  if (disk !== undefined && disk < size.minDiskGb) {
    throw fieldRefused("targetDiskGb", "too_small", { minimum: size.minDiskGb });
  }
  if (disk !== undefined && disk > size.maxDiskGb) {
    throw fieldRefused("targetDiskGb", "too_large", { maximum: size.maxDiskGb });
  }
}

/** A size that lays its own topology over the manifest would silently win over what was asked for. */
function fixes(size: SizeFacts, path: RegExp): boolean {
  return Object.keys(size.specOverrides).some((key) => path.test(key));
}

/** Asked for, then as the approver changed it; what it yields is frozen on the VM and rendered as it is. */
export function blueprintOf(
  template: TemplateFacts,
  size: SizeFacts,
  targets: Targets,
  choices: ApprovalChoices,
): VmBlueprint {
  const settled = settleFields(template, targets.fields ?? {});
  const cpuLimit = choices.cpuLimit ?? targets.targetCpuCores ?? size.cpuCores;
  const memoryLimitGi = choices.memoryLimitGi ?? targets.targetMemoryGi ?? size.memoryGi;
  return {
    source: sourceOf(template),
    cloudInit: template.cloudInit,
    osFamily: template.osFamily,
    cpuLimit,
    cpuRequest: choices.cpuRequest ?? Math.min(size.cpuRequest ?? cpuLimit, cpuLimit),
    memoryLimitGi,
    memoryRequestGi:
      choices.memoryRequestGi ?? Math.min(size.memoryRequestGi ?? memoryLimitGi, memoryLimitGi),
    diskGb: choices.diskGb ?? targets.targetDiskGb ?? settled.diskGb ?? size.defaultDiskGb,
    dedicatedCpu: size.dedicatedCpu,
    gpuDevices: size.gpuDevices,
    hugepagesSize: size.hugepagesSize,
    storageClass: choices.storageClass ?? null,
    dvAccessModes: size.dvAccessModes,
    dvVolumeMode: size.dvVolumeMode,
    sriovNetworks: size.sriovNetworks,
    // What the requester may set is not hardware, so the two never name the same field.
    overrides: { ...settled.overrides, ...size.specOverrides },
    initialPassword: template.oneTimePassword ? placeholderPassword(template.loginUser) : null,
  };
}

/** As long as a real one, so that a dry run asks about a manifest of the same size. */
function placeholderPassword(username: string): { username: string; hash: string } {
  return { username, hash: `$6$rounds=5000$${"x".repeat(16)}$${"x".repeat(86)}` };
}

function sourceOf(template: TemplateFacts): VmBlueprint["source"] {
  if (template.sourceType === "cdi_pvc_clone") {
    return {
      type: "cdi_pvc_clone",
      pvcNamespace: template.pvcNamespace ?? "",
      pvcName: template.pvcName ?? "",
    };
  }
  return { type: template.sourceType, imageUrl: template.imageUrl ?? "" };
}

/** Requests stay within limits, dedicated cores are not shared, the disk stays in its range (spec §5.6, §5.11). */
export function requireConsistentBlueprint(blueprint: VmBlueprint, size: SizeFacts): void {
  if (blueprint.cpuRequest > blueprint.cpuLimit) throw fieldRefused("cpuRequest", "above_limit");
  if (blueprint.memoryRequestGi > blueprint.memoryLimitGi)
    throw fieldRefused("memoryRequestGi", "above_limit");
  if (blueprint.dedicatedCpu && blueprint.cpuRequest !== blueprint.cpuLimit) {
    throw new AppError("DEDICATED_CPU_OVERCOMMIT", {
      cpuRequest: blueprint.cpuRequest,
      cpuLimit: blueprint.cpuLimit,
    });
  }
  if (blueprint.diskGb < size.minDiskGb || blueprint.diskGb > size.maxDiskGb) {
    throw fieldRefused("diskGb", "out_of_range", { minimum: size.minDiskGb, maximum: size.maxDiskGb });
  }
}

/** Changing what was asked for takes a reason that the requester can read (spec §5.11). */
export function requireReasonForChanges(
  asked: VmBlueprint,
  final: VmBlueprint,
  reason: string | undefined,
): void {
  if (!isModified(asked, final) || (reason !== undefined && reason !== "")) return;
  throw fieldRefused("modificationReason", "required");
}

/** Where and how the root volume lies is the approver's and the cluster's to choose; all else was asked for. */
export function isModified(asked: VmBlueprint, final: VmBlueprint): boolean {
  // Both come from blueprintOf, so their members stand in one order.
  return JSON.stringify(withoutVolume(asked)) !== JSON.stringify(withoutVolume(final));
}

function withoutVolume({
  storageClass: _class,
  dvAccessModes: _modes,
  dvVolumeMode: _mode,
  ...rest
}: VmBlueprint) {
  return rest;
}

interface Desk {
  watch: Permission;
  /** Opens the ticket, and not the desk's side of it. */
  alsoSees: Permission | null;
  decide: Permission;
  scope: Scope;
}

/** Who may watch a ticket and who may decide it: approvers, or for a role on a System those who keep the System. */
export function deskOf(ticket: {
  operationType: string;
  systemId: string;
  environment: string | null;
}): Desk {
  const { systemId, environment } = ticket;
  if (ticket.operationType === "ACCESS")
    return {
      watch: "system:read",
      alsoSees: null,
      decide: "system:read",
      scope: { systemId, role: "admin" },
    };
  const scope = { systemId, ...(environment === null ? {} : { environment }) };
  return {
    watch: "builtin_approval:view",
    alsoSees: "ticket:view",
    decide: "builtin_approval:approve",
    scope,
  };
}

/** One pending request for the same thing; a create has no VM yet, so its ingredients are the key (spec §2). */
export function duplicateKeyOfCreation(requesterId: string, input: RequestVm): string {
  return [
    "create",
    requesterId,
    input.serviceId,
    input.namespace,
    input.templateId,
    input.instanceSizeId,
  ].join("/");
}
