import type { LiveMachine } from "../live/rules";
import type { ModificationWish, PlanReason, PlanRow } from "../schema";

/** One field's verdict and what it writes into the spec: path below spec → value, null takes it away. */
export interface Sizing {
  row: PlanRow;
  writes: [path: string, value: unknown][];
  cpuRequest?: number | null;
}

const domain = "template.spec.domain";
type CpuWish = NonNullable<ModificationWish["cpu"]>;
type MemoryWish = NonNullable<ModificationWish["memory"]>;

/** Null where the machine already has it. */
export function planCpu(live: LiveMachine, wish: CpuWish, { forced }: { forced: boolean }): Sizing | null {
  const { cpu } = live;
  const from = coresOf(live);
  const row = { field: "cpuCores", from, to: wish.cores, params: {}, refusal: null };
  if (live.byInstancetype) return impossible(row, "sized_by_instancetype");
  const isAsWished =
    from === wish.cores && (cpu.request === wish.request || cpu.request === null || wish.mayKeepRequest);
  if (isAsWished) return null;
  const obstacle = forced ? "with_others" : cpuObstacle(live, wish);
  if (obstacle !== null && live.instance !== null) {
    return { row: { ...row, verdict: "restart", reason: obstacle }, ...rebuiltCpu(live, wish) };
  }
  if (live.instance === null) {
    return { row: { ...row, verdict: "live", reason: "machine_stopped" }, ...rebuiltCpu(live, wish) };
  }
  const sockets = wish.cores / (cpu.cores * cpu.threads);
  const keeps = cpu.request !== null && wish.request !== null && cpu.request !== wish.request;
  return {
    row: {
      ...row,
      verdict: "live",
      reason: keeps ? "reserved_share_stays" : "hot_plug",
      ...(keeps ? { params: { cores: cpu.request ?? 0 } } : {}),
    },
    writes: [[`${domain}.cpu.sockets`, sockets]],
    cpuRequest: cpu.request,
  };
}

/** A machine with half a core has a whole one and a limit below it. */
export function coresOf({ cpu }: LiveMachine): number {
  const whole = cpu.sockets * cpu.cores * cpu.threads;
  return cpu.limit !== null && cpu.limit < whole ? cpu.limit : whole;
}

/** Why a running machine cannot take the processors as it runs; null where it can. */
function cpuObstacle(live: LiveMachine, { cores, request, mayKeepRequest }: CpuWish): PlanReason | null {
  const { cpu, instance } = live;
  if (live.restartRequired) return "pending_restart";
  if (cores < coresOf(live)) return "fewer_cores";
  if (cpu.isDedicated) return "dedicated";
  // A limit or a share of the template's own is no part of what KubeVirt updates in a running machine.
  if (cpu.limit !== null || !Number.isInteger(cores)) return "own_limit";
  if (cpu.request !== null && request !== cpu.request && !mayKeepRequest) return "share_changes";
  if (cpu.multiQueue) return "multi_queue";
  if (instance === null || instance.maxSockets === null) return "no_hot_plug";
  if (!instance.isMigratable) return "not_migratable";
  if (cores % (cpu.cores * cpu.threads) !== 0) return "not_whole_sockets";
  return cores / (cpu.cores * cpu.threads) > instance.maxSockets ? "above_sockets" : null;
}

function rebuiltCpu(live: LiveMachine, wish: CpuWish): Pick<Sizing, "writes" | "cpuRequest"> {
  const { cpu } = live;
  const whole = Math.ceil(wish.cores);
  const isFractional = whole !== wish.cores;
  const request = cpu.request === null ? null : Math.min(wish.request ?? cpu.request, wish.cores);
  const fitsSockets = whole % (cpu.cores * cpu.threads) === 0;
  // Whole sockets of the shape it has leave room to grow as it runs; otherwise it becomes one socket.
  const topology: Sizing["writes"] =
    fitsSockets && cpu.sockets > 1
      ? [[`${domain}.cpu.sockets`, whole / (cpu.cores * cpu.threads)]]
      : [
          [`${domain}.cpu.cores`, whole],
          [`${domain}.cpu.sockets`, 1],
          [`${domain}.cpu.threads`, 1],
        ];
  return {
    writes: [
      ...topology,
      ...(cpu.limit === null && !isFractional
        ? []
        : [[`${domain}.resources.limits.cpu`, String(wish.cores)] satisfies Sizing["writes"][number]]),
      ...(request === null
        ? []
        : [[`${domain}.resources.requests.cpu`, String(request)] satisfies Sizing["writes"][number]]),
    ],
    cpuRequest: request,
  };
}

/** Null where the machine already has it. */
export function planMemory(
  live: LiveMachine,
  wish: MemoryWish,
  { forced }: { forced: boolean },
): Sizing | null {
  const { memory } = live;
  const row = { field: "memoryGi", from: memory.gi, to: wish.gi, params: {}, refusal: null };
  if (live.byInstancetype) return impossible(row, "sized_by_instancetype");
  const request = memory.requestGi === null ? null : Math.min(wish.requestGi ?? memory.requestGi, wish.gi);
  if (memory.gi === wish.gi && memory.requestGi === request) return null;
  const guest: Sizing["writes"] = [[`${domain}.memory.guest`, gibibytes(wish.gi)]];
  const writes: Sizing["writes"] =
    request === memory.requestGi || request === null
      ? guest
      : [...guest, [`${domain}.resources.requests.memory`, gibibytes(request)]];
  if (live.instance === null) return { row: { ...row, verdict: "live", reason: "machine_stopped" }, writes };
  const obstacle = forced ? "with_others" : memoryObstacle(live, wish.gi, request);
  if (obstacle === null) return { row: { ...row, verdict: "live", reason: "hot_plug" }, writes };
  return { row: { ...row, verdict: "restart", reason: obstacle }, writes };
}

/** Below this KubeVirt plugs no memory into a machine that runs. */
const growableFromGi = 1;

function memoryObstacle(live: LiveMachine, gi: number, request: number | null): PlanReason | null {
  const { memory, instance } = live;
  if (live.restartRequired) return "pending_restart";
  if (instance === null || instance.maxGuestGi === null) return "no_hot_plug";
  if (gi < (instance.guestAtBootGi ?? memory.gi ?? 0)) return "less_than_boot";
  if (live.cpu.isDedicated) return "dedicated";
  if (memory.hasHugepages) return "hugepages";
  if (request !== memory.requestGi) return "share_changes";
  if (!instance.isMigratable) return "not_migratable";
  if ((instance.guestAtBootGi ?? 0) < growableFromGi) return "too_small_to_grow";
  return gi > instance.maxGuestGi ? "above_guest" : null;
}

function impossible(row: Omit<PlanRow, "verdict" | "reason">, reason: PlanReason): Sizing {
  return { row: { ...row, verdict: "impossible", reason }, writes: [] };
}

/** Half gibibytes exist, fractions of a mebibyte do not. */
function gibibytes(gi: number): string {
  return Number.isInteger(gi) ? `${gi}Gi` : `${Math.round(gi * 1024)}Mi`;
}
