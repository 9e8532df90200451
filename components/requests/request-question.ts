import type { RequestVm } from "@/lib/requests/schema";
import type { Choice } from "./settle-choice";

/** What was typed; empty means "as the size says". */
export interface Targets {
  targetCpuCores: string;
  targetMemoryGi: string;
  targetDiskGb: string;
}

export const noTargets: Targets = { targetCpuCores: "", targetMemoryGi: "", targetDiskGb: "" };

/** The question the verdict answers, once everything it depends on is chosen; the reason is not one of them. */
export function questionOf(
  choice: Choice,
  {
    targets,
    fields,
    startAt,
  }: { targets: Targets; fields: RequestVm["fields"]; startAt?: string | undefined },
): RequestVm | null {
  if (Object.values(choice).some((value) => value === "")) return null;
  return {
    ...choice,
    ...numbersOf(targets),
    ...(fields === undefined ? {} : { fields }),
    ...(startAt === undefined ? {} : { startAt }),
    reason: "-",
  };
}

function numbersOf(targets: Targets): Partial<Record<keyof Targets, number>> {
  return Object.fromEntries(
    Object.entries(targets)
      .filter(([, text]) => text.trim() !== "")
      .map(([name, text]) => [name, Number(text)]),
  );
}
