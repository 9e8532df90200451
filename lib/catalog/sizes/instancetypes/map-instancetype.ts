import { z } from "zod";
import { readQuantity } from "@/lib/adapters/kubevirt/quantities";
import { createSizeInput, hugepagesSizes, type CreateSize } from "../schema";
import type { InstancetypeObject, Mapped, ProposedSize, Unmapped, UnmappedReason } from "./schema";

const domain = "spec.template.spec.domain";
const gibibyte = 2 ** 30;

const cpuShape = z.looseObject({
  guest: z.number().int().min(1),
  dedicatedCPUPlacement: z.boolean().optional(),
});
const memoryShape = z.looseObject({
  guest: z.union([z.string(), z.number()]),
  overcommitPercent: z.number().int().min(0).max(100).optional(),
  hugepages: z.looseObject({ pageSize: z.string().optional() }).optional(),
});
const gpuShape = z.array(z.looseObject({ deviceName: z.string() }));

/** What stands in the type's own words and goes to the machine as it is. */
const copied: Record<string, string> = {
  "cpu.model": `${domain}.cpu.model`,
  "cpu.isolateEmulatorThread": `${domain}.cpu.isolateEmulatorThread`,
  "cpu.numa": `${domain}.cpu.numa`,
  "cpu.realtime": `${domain}.cpu.realtime`,
  "cpu.maxSockets": `${domain}.cpu.maxSockets`,
  "memory.maxGuest": `${domain}.memory.maxGuest`,
  ioThreadsPolicy: `${domain}.ioThreadsPolicy`,
  launchSecurity: `${domain}.launchSecurity`,
};
const read = new Set(["cpu.guest", "cpu.dedicatedCPUPlacement", "memory.guest", "memory.hugepages"]);
const forbidden = new Set(["hostDevices", "nodeSelector", "schedulerName"]);

/** Notes of what a field became, or why it became nothing. */
export class Notes {
  readonly mapped: Mapped[] = [];
  readonly unmapped: Unmapped[] = [];

  take(path: string, member: string, value: Mapped["value"]): void {
    this.mapped.push({ path, member, value });
  }

  leave(path: string, reason: UnmappedReason, params: Unmapped["params"] = {}): void {
    this.unmapped.push({ path, reason, params });
  }
}

type Members = Partial<z.input<typeof createSizeInput>>;

/** An instance type as the size it would be; every field of it is accounted for. */
export function mapInstancetype(object: InstancetypeObject): Omit<ProposedSize, "exists"> {
  const notes = new Notes();
  const members = {
    name: object.key.replace("/", "-"),
    displayName: object.displayName,
    ...mapCpu(object.spec["cpu"], notes),
    ...mapMemory(object.spec["memory"], notes),
    ...mapGpus(object.spec["gpus"], notes),
    specOverrides: mapRest(object.spec, notes),
  };
  const size = parseSize(members, notes);
  return { key: object.key, kind: object.kind, size, mapped: notes.mapped, unmapped: notes.unmapped };
}

function parseSize(members: Members, notes: Notes): CreateSize | null {
  const parsed = createSizeInput.safeParse(members);
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) notes.leave(`size.${path.join(".")}`, "invalid");
  return null;
}

function mapCpu(value: unknown, notes: Notes): Members {
  const cpu = cpuShape.safeParse(value);
  if (!cpu.success) {
    notes.leave("cpu", "invalid");
    return {};
  }
  const { guest, dedicatedCPUPlacement } = cpu.data;
  notes.take("cpu.guest", "cpuCores", guest);
  if (dedicatedCPUPlacement === undefined) return { cpuCores: guest };
  notes.take("cpu.dedicatedCPUPlacement", "dedicatedCpu", dedicatedCPUPlacement);
  return { cpuCores: guest, dedicatedCpu: dedicatedCPUPlacement };
}

function mapMemory(value: unknown, notes: Notes): Members {
  const memory = memoryShape.safeParse(value);
  const bytes = memory.success ? readQuantity(memory.data.guest) : 0;
  if (!memory.success || bytes === 0) {
    notes.leave("memory", "invalid");
    return {};
  }
  const { overcommitPercent = 0, hugepages } = memory.data;
  const memoryGi = halfSteps(bytes, { path: "memory.guest", notes });
  notes.take("memory.guest", "memoryGi", memoryGi);
  return {
    memoryGi,
    ...mapHugepages(hugepages?.pageSize, notes),
    ...mapOvercommit(bytes, overcommitPercent, notes),
  };
}

/** KubeVirt asks the node for the guest's memory less this share. */
function mapOvercommit(bytes: number, percent: number, notes: Notes): Members {
  if (percent === 0) return {};
  const path = "memory.overcommitPercent";
  const memoryRequestGi = halfSteps((bytes * (100 - percent)) / 100, { path, notes });
  notes.take(path, "memoryRequestGi", memoryRequestGi);
  return { memoryRequestGi };
}

function mapHugepages(pageSize: string | undefined, notes: Notes): Members {
  if (pageSize === undefined) return {};
  const known = hugepagesSizes.find((size) => size === pageSize);
  if (known === undefined) notes.leave("memory.hugepages.pageSize", "unknown_value", { value: pageSize });
  else notes.take("memory.hugepages.pageSize", "hugepagesSize", known);
  return known === undefined ? {} : { hugepagesSize: known };
}

/** Upwards, so that no guest gets less than it was promised. */
function halfSteps(bytes: number, { path, notes }: { path: string; notes: Notes }): number {
  const exact = bytes / gibibyte;
  const steps = Math.max(0.5, Math.ceil(exact * 2) / 2);
  if (steps !== exact) notes.leave(path, "rounded", { from: Number(exact.toFixed(3)), to: steps });
  return steps;
}

function mapGpus(value: unknown, notes: Notes): Members {
  if (value === undefined) return {};
  const gpus = gpuShape.safeParse(value);
  if (!gpus.success) {
    notes.leave("gpus", "invalid");
    return {};
  }
  const names = new Set(gpus.data.map(({ deviceName }) => deviceName));
  const gpuDevices = [...names].map((name) => ({
    name,
    count: gpus.data.filter(({ deviceName }) => deviceName === name).length,
  }));
  notes.take("gpus", "gpuDevices", gpuDevices);
  for (const [at, gpu] of gpus.data.entries()) {
    for (const key of Object.keys(gpu)) {
      if (key !== "name" && key !== "deviceName") notes.leave(`gpus[${at}].${key}`, "not_rendered");
    }
  }
  return { gpuDevices };
}

/** Everything else, field by field: copied to its place in the machine, or said to have none. */
function mapRest(spec: InstancetypeObject["spec"], notes: Notes): CreateSize["specOverrides"] {
  const overrides: CreateSize["specOverrides"] = {};
  for (const [path, value] of fieldsOf(spec)) {
    const target = copied[path];
    if (target !== undefined) {
      overrides[target] = value;
      notes.take(path, `specOverrides.${target}`, value);
    } else if (forbidden.has(path)) notes.leave(path, "forbidden");
    else if (!read.has(path) && path !== "gpus" && path !== "memory.overcommitPercent")
      notes.leave(path, "not_rendered");
  }
  return overrides;
}

/** The members, and those of processor and memory one by one. */
function fieldsOf(spec: InstancetypeObject["spec"]): [string, Mapped["value"]][] {
  return Object.entries(spec).flatMap(([key, value]) => {
    const isGroup = key === "cpu" || key === "memory";
    if (!isGroup || typeof value !== "object" || value === null || Array.isArray(value))
      return isGroup ? [] : [[key, value] as [string, Mapped["value"]]];
    return Object.entries(value).map(([member, inner]): [string, Mapped["value"]] => [
      `${key}.${member}`,
      inner,
    ]);
  });
}
