import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import type { SizeWarning } from "./schema";

/** What keeps a size from being saved; a preview lists all of them, saving answers with the first. */
export interface SizeProblem {
  code: ErrorCode;
  /** Null where it is about the size as a whole. */
  field: string | null;
  /** Why this field, where the code alone does not say it. */
  reason: string | null;
  params: Record<string, unknown>;
}

export interface SizeFacts {
  cpuCores: number;
  cpuRequest: number | null;
  memoryGi: number;
  memoryRequestGi: number | null;
  defaultDiskGb: number;
  minDiskGb: number;
  maxDiskGb: number;
  dedicatedCpu: boolean;
  hugepagesSize: string | null;
}

/** Requests stay within limits, dedicated cores are not shared, disks have an order (spec §5.6). */
export function findContradictions(size: SizeFacts): SizeProblem[] {
  return [
    ...requestProblems(size),
    ...dedicatedProblems(size),
    ...hugepagesProblems(size),
    ...diskProblems(size),
  ];
}

function requestProblems(size: SizeFacts): SizeProblem[] {
  const problems: SizeProblem[] = [];
  if (size.cpuRequest !== null && size.cpuRequest > size.cpuCores)
    problems.push(refused("cpuRequest", "above_limit", { limit: size.cpuCores }));
  if (size.memoryRequestGi !== null && size.memoryRequestGi > size.memoryGi)
    problems.push(refused("memoryRequestGi", "above_limit", { limit: size.memoryGi }));
  return problems;
}

/** A pinned core is one machine's alone, and half a core cannot be pinned. */
function dedicatedProblems({ dedicatedCpu, cpuCores, cpuRequest }: SizeFacts): SizeProblem[] {
  if (!dedicatedCpu) return [];
  const isShared = cpuRequest !== null && cpuRequest !== cpuCores;
  if (!isShared && Number.isInteger(cpuCores)) return [];
  const reason = isShared ? "request_differs" : "fraction_of_a_core";
  return [
    {
      code: "DEDICATED_CPU_OVERCOMMIT",
      field: isShared ? "cpuRequest" : "cpuCores",
      reason,
      params: { cpuCores, cpuRequest: cpuRequest ?? cpuCores, reason },
    },
  ];
}

const pageMi: Record<string, number> = { "2Mi": 2, "1Gi": 1024 };

/** Huge pages are set aside for a machine whole, so they are neither broken up nor lent. */
function hugepagesProblems(size: SizeFacts): SizeProblem[] {
  if (size.hugepagesSize === null) return [];
  const page = pageMi[size.hugepagesSize];
  if (page === undefined)
    return [refused("hugepagesSize", "unknown_page_size", { size: size.hugepagesSize })];
  const problems: SizeProblem[] = [];
  if ((size.memoryGi * 1024) % page !== 0)
    problems.push(refused("memoryGi", "not_whole_pages", { pageSize: size.hugepagesSize }));
  if (size.memoryRequestGi !== null && size.memoryRequestGi < size.memoryGi)
    problems.push(refused("memoryRequestGi", "hugepages_overcommit", { memoryGi: size.memoryGi }));
  return problems;
}

function diskProblems(size: SizeFacts): SizeProblem[] {
  const problems: SizeProblem[] = [];
  if (size.minDiskGb > size.defaultDiskGb) problems.push(refused("minDiskGb", "above_default"));
  if (size.defaultDiskGb > size.maxDiskGb) problems.push(refused("maxDiskGb", "below_default"));
  return problems;
}

function refused(field: string, reason: string, params: Record<string, unknown> = {}): SizeProblem {
  return { code: "VALIDATION_FAILED", field, reason, params };
}

/** Less set aside than promised is allowed, and in production it is said. */
export function listWarnings(size: SizeFacts & { catalogScope: string }): SizeWarning[] {
  const cpu = size.cpuRequest !== null && size.cpuRequest < size.cpuCores;
  const memory = size.memoryRequestGi !== null && size.memoryRequestGi < size.memoryGi;
  const reachesProduction = size.catalogScope === "prod" || size.catalogScope === "all";
  return reachesProduction && (cpu || memory)
    ? [{ code: "OVERCOMMIT_IN_PROD", params: { cpu, memory } }]
    : [];
}
