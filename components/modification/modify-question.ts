import type { ModifyContext, PreviewModification } from "@/lib/requests/modification/schema";

/** What is typed; empty stays as it is. */
export interface ModifyTexts {
  cpuCores: string;
  memoryGi: string;
  diskGb: string;
  instanceSizeId: string;
  /** Of the disks besides the first, by their name. */
  disks: Record<string, string>;
}

export const noTexts: ModifyTexts = { cpuCores: "", memoryGi: "", diskGb: "", instanceSizeId: "", disks: {} };

/** Back to what the machine was, instead of single settings. */
export interface ModifyWay {
  rollbackTo?: number | undefined;
  putBack?: boolean | undefined;
}

/** What to ask while the form is filled in; null while nothing would change. */
export function questionOf(
  vmId: string,
  { texts, way, fields }: { texts: ModifyTexts; way: ModifyWay; fields: PreviewModification["fields"] },
): PreviewModification | null {
  const base = { vmId, reason: "" };
  if (way.rollbackTo !== undefined) return { ...base, rollbackTo: way.rollbackTo };
  if (way.putBack === true) return { ...base, putBack: true };
  const asked = {
    ...amount("cpuCores", texts.cpuCores),
    ...amount("memoryGi", texts.memoryGi),
    ...amount("diskGb", texts.diskGb),
    ...disksOf(texts),
    ...(texts.instanceSizeId === "" ? {} : { instanceSizeId: texts.instanceSizeId }),
    ...(fields === undefined ? {} : { fields }),
  };
  return Object.keys(asked).length === 0 ? null : { ...base, ...asked };
}

/** Only those that something was typed for. */
export function disksOf({ disks }: ModifyTexts): Pick<PreviewModification, "disks"> {
  const typed = Object.entries(disks).filter(
    ([, text]) => text.trim() !== "" && Number.isFinite(Number(text)),
  );
  return typed.length === 0
    ? {}
    : { disks: Object.fromEntries(typed.map(([name, text]) => [name, Number(text)])) };
}

function amount(
  name: "cpuCores" | "memoryGi" | "diskGb",
  text: string,
): Partial<Record<typeof name, number>> {
  const value = Number(text);
  return text.trim() === "" || !Number.isFinite(value) ? {} : { [name]: value };
}

/** How far the amounts go within the size that is chosen, or within the machine's own. */
export function boundsOf({ vm, bounds, sizes }: ModifyContext, sizeId: string): ModifyContext["bounds"] {
  const size = sizes.find(({ id }) => id === sizeId);
  if (size === undefined) return bounds;
  return {
    cpuCoresMax: Math.max(size.cpuCores, vm.cpuCores),
    memoryGiMax: Math.max(size.memoryGi, vm.memoryGi),
    diskGbMin: bounds.diskGbMin,
    diskGbMax: Math.max(size.maxDiskGb, vm.diskGb),
  };
}
