import type { PreviewApproval, RequestDetail } from "@/lib/requests/schema";

/** What an approver typed over what was asked; empty means as asked. */
export const noOverrides = {
  cpuLimit: "",
  cpuRequest: "",
  memoryLimitGi: "",
  memoryRequestGi: "",
  diskGb: "",
  templateVersion: "",
};
export type Overrides = typeof noOverrides;
export type OverrideName = keyof Overrides;

export interface Change {
  name: OverrideName;
  /** Null where the size, and not the request, said how much. */
  before: number | null;
  after: number;
}

type Asked = NonNullable<RequestDetail["asked"]>;

/** What approving now would change; the same value typed again is no change. */
export function changesOf(asked: Asked, overrides: Overrides): Change[] {
  const before: Record<OverrideName, number | null> = {
    cpuLimit: asked.cpuCores,
    memoryLimitGi: asked.memoryGi,
    diskGb: asked.diskGb,
    cpuRequest: null,
    memoryRequestGi: null,
    templateVersion: null,
  };
  return numbersOf(overrides)
    .map(([name, after]) => ({ name, before: before[name], after }))
    .filter((change) => change.before !== change.after);
}

/** What the request would take of a cluster as things are typed now. */
export function demandOf(asked: Asked, overrides: Overrides): Asked {
  const typed = Object.fromEntries(numbersOf(overrides));
  return {
    cpuCores: typed["cpuLimit"] ?? asked.cpuCores,
    memoryGi: typed["memoryLimitGi"] ?? asked.memoryGi,
    diskGb: typed["diskGb"] ?? asked.diskGb,
  };
}

/** The question for the clusters; which of them is chosen changes nothing about it. */
export function questionOf(ticketId: string, overrides: Overrides, storageClass: string): PreviewApproval {
  return {
    ticketId,
    ...Object.fromEntries(numbersOf(overrides)),
    ...(storageClass === "" ? {} : { storageClass }),
  };
}

function numbersOf(overrides: Overrides): [OverrideName, number][] {
  // The names of an object literal's members.
  const names = Object.keys(overrides) as OverrideName[];
  return names
    .filter((name) => overrides[name].trim() !== "")
    .map((name): [OverrideName, number] => [name, Number(overrides[name])]);
}
