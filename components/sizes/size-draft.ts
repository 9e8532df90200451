import type { z } from "zod";
import type { createSizeInput, SizeDetail, SpecOverrides, UpdateSize } from "@/lib/catalog/sizes/schema";
import { isSaid, memberPaths } from "./member-paths";

type SizeInput = z.input<typeof createSizeInput>;
type Scope = SizeDetail["catalogScope"];

/** A size as it stands in the form: numbers are the text that was typed. */
export interface SizeDraft {
  name: string;
  displayName: string;
  description: string;
  catalogScope: Scope;
  costClass: string;
  sortOrder: string;
  enabled: boolean;
  cpuCores: string;
  cpuRequest: string;
  memoryGi: string;
  memoryRequestGi: string;
  defaultDiskGb: string;
  minDiskGb: string;
  maxDiskGb: string;
  dedicatedCpu: boolean;
  hugepagesSize: string;
  gpuDevices: { name: string; count: string }[];
  sriovNetworks: string[];
  dvAccessModes: SizeDetail["dvAccessModes"];
  dvVolumeMode: string;
  overrides: SpecOverrides;
}

export const emptyDraft: SizeDraft = {
  name: "",
  displayName: "",
  description: "",
  catalogScope: "unclassified",
  costClass: "",
  sortOrder: "0",
  enabled: true,
  cpuCores: "2",
  cpuRequest: "",
  memoryGi: "4",
  memoryRequestGi: "",
  defaultDiskGb: "100",
  minDiskGb: "50",
  maxDiskGb: "500",
  dedicatedCpu: false,
  hugepagesSize: "",
  gpuDevices: [],
  sriovNetworks: [],
  dvAccessModes: [],
  dvVolumeMode: "",
  overrides: {},
};

export function draftOf(size: SizeDetail): SizeDraft {
  return {
    name: size.name,
    displayName: size.displayName,
    description: size.description,
    catalogScope: size.catalogScope,
    costClass: size.costClass ?? "",
    sortOrder: String(size.sortOrder),
    enabled: size.enabled,
    cpuCores: String(size.cpuCores),
    cpuRequest: textOf(size.cpuRequest),
    memoryGi: String(size.memoryGi),
    memoryRequestGi: textOf(size.memoryRequestGi),
    defaultDiskGb: String(size.defaultDiskGb),
    minDiskGb: String(size.minDiskGb),
    maxDiskGb: String(size.maxDiskGb),
    dedicatedCpu: size.dedicatedCpu,
    hugepagesSize: size.hugepagesSize ?? "",
    gpuDevices: size.gpuDevices.map(({ name, count }) => ({ name, count: String(count) })),
    sriovNetworks: size.sriovNetworks,
    dvAccessModes: size.dvAccessModes,
    dvVolumeMode: size.dvVolumeMode ?? "",
    overrides: size.specOverrides,
  };
}

/** A copy is offered nowhere until somebody says where. */
export function copyOf(size: SizeDetail): SizeDraft {
  return { ...draftOf(size), name: "", displayName: "", catalogScope: "unclassified" };
}

function textOf(amount: number | null): string {
  return amount === null ? "" : String(amount);
}

/** What saving sends; the server's schema has the last word on every member. */
export function sizeInputOf(draft: SizeDraft): SizeInput {
  return {
    name: draft.name,
    displayName: draft.displayName,
    description: draft.description,
    catalogScope: draft.catalogScope,
    costClass: draft.costClass.trim() || null,
    sortOrder: numberOf(draft.sortOrder) ?? 0,
    enabled: draft.enabled,
    cpuCores: numberOf(draft.cpuCores) ?? 0,
    cpuRequest: numberOf(draft.cpuRequest),
    memoryGi: numberOf(draft.memoryGi) ?? 0,
    memoryRequestGi: numberOf(draft.memoryRequestGi),
    defaultDiskGb: numberOf(draft.defaultDiskGb) ?? 0,
    minDiskGb: numberOf(draft.minDiskGb) ?? 0,
    maxDiskGb: numberOf(draft.maxDiskGb) ?? 0,
    dvAccessModes: draft.dvAccessModes,
    // The select offers the schema's own words and nothing else.
    dvVolumeMode: (draft.dvVolumeMode === "" ? null : draft.dvVolumeMode) as SizeInput["dvVolumeMode"],
    specOverrides: draft.overrides,
    ...hardwareOf(draft),
  };
}

/** Hardware that an override states is left to it; saying it twice could only contradict. */
function hardwareOf({ overrides, ...draft }: SizeDraft): Partial<SizeInput> {
  const stated: Partial<SizeInput> = {};
  if (!isSaid(overrides, memberPaths.dedicatedCpu)) stated.dedicatedCpu = draft.dedicatedCpu;
  if (!isSaid(overrides, memberPaths.gpuDevices)) {
    stated.gpuDevices = draft.gpuDevices
      .filter(({ name }) => name.trim() !== "")
      .map(({ name, count }) => ({ name: name.trim(), count: numberOf(count) ?? 0 }));
  }
  if (!isSaid(overrides, memberPaths.sriovNetworks)) {
    stated.sriovNetworks = draft.sriovNetworks.map((name) => name.trim()).filter((name) => name !== "");
  }
  if (!isSaid(overrides, memberPaths.hugepagesSize)) {
    // The choice offers the schema's own words and nothing else.
    stated.hugepagesSize = (
      draft.hugepagesSize === "" ? null : draft.hugepagesSize
    ) as SizeInput["hugepagesSize"];
  }
  return stated;
}

/** A number, or null where nothing was typed; what is no number is refused by the server as it is. */
export function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** Before there is a name, everything else can be looked at already. */
export function previewInputOf(draft: SizeDraft): SizeInput {
  const input = sizeInputOf(draft);
  return {
    ...input,
    name: draft.name === "" ? "new-size" : draft.name,
    displayName: draft.displayName.trim() === "" ? "new-size" : draft.displayName,
  };
}

export function updateInputOf(draft: SizeDraft, version: number): UpdateSize {
  // The server parses it again; its output type differs from the input in nothing that is sent.
  return { ...sizeInputOf(draft), version } as UpdateSize;
}

export interface StoredState {
  /** The version that was read; whoever saves over a newer one is told. */
  version: number;
  vmCount: number;
  pendingCount: number;
}
