import type { EventType } from "@/lib/vocabulary/event-types";
import type { Operation } from "@/lib/vocabulary/operations";
import { isFitting, type VmOperation, type VmState } from "../machine";
import { powerOperations, type PowerOperation } from "@/lib/vocabulary/power-operations";

/** What leaves the machine in the state in which it was asked for, so that its state does not keep others away. */
export const quietTypes: readonly EventType[] = [
  "VM_PAUSE_REQUESTED",
  "VM_RESUME_REQUESTED",
  "VM_SOFT_REBOOT_REQUESTED",
  "VM_RESET_REQUESTED",
];

/** What a forced stop takes the place of. */
const overtakenTypes: readonly EventType[] = [...quietTypes, "VM_STOP_REQUESTED"];

const quietOperations: readonly PowerOperation[] = ["PAUSE_VM", "RESUME_VM", "SOFT_REBOOT_VM", "RESET_VM"];

interface UnderWay {
  status: string;
  /** The operation that the machine is in. */
  active: EventType | null;
}

/** One operation at a time; whoever pulls the cord waits for no stop that hangs. */
export function standingOf(
  operation: PowerOperation,
  { status, active }: UnderWay,
): "free" | "overtakes" | "busy" {
  if (active === null) return "free";
  if (operation === "FORCE_STOP_VM") {
    if (overtakenTypes.includes(active)) return "overtakes";
    return status === "STOPPING" ? "busy" : "free";
  }
  return quietOperations.includes(operation) || quietTypes.includes(active) ? "busy" : "free";
}

/** While somebody works on the cluster, what runs there may end and nothing begins. */
export function waitsForMaintenance(operation: Operation): boolean {
  return isPower(operation) && operation !== "STOP_VM" && operation !== "FORCE_STOP_VM";
}

function isPower(operation: Operation): operation is PowerOperation {
  return powerOperations.some((one) => one === operation);
}

export const vmActions = [
  ...(["console", "start", "stop", "restart", "pause", "resume"] as const),
  ...(["softReboot", "reset", "forceStop", "delete"] as const),
];
export type VmAction = (typeof vmActions)[number];

export const operationOf = {
  console: "VNC_ACCESS",
  start: "START_VM",
  stop: "STOP_VM",
  restart: "RESTART_VM",
  pause: "PAUSE_VM",
  resume: "RESUME_VM",
  softReboot: "SOFT_REBOOT_VM",
  reset: "RESET_VM",
  forceStop: "FORCE_STOP_VM",
  delete: "DELETE_VM",
} as const satisfies Record<VmAction, VmOperation>;

/** What a person may do with a machine whatever its state, and what else stands in the way. */
export interface VmStanding {
  operate: boolean;
  remove: boolean;
  console: boolean;
  inMaintenance: boolean;
  /** False where the guest has neither an agent that answers nor ACPI. */
  canReboot: boolean;
}

type ActionRefusal = "role" | "protected" | "paused" | "state" | "maintenance" | "busy" | "no_guest";

/** Why an action is refused now, most telling first; null where it may be asked for. */
export function refusalOf(
  action: VmAction,
  vm: UnderWay & { isProtected: boolean },
  standing: VmStanding,
): ActionRefusal | null {
  if (!permits(action, standing)) return "role";
  if (action === "delete" && vm.isProtected) return "protected";
  const operation = operationOf[action];
  if (!isFitting(vm.status, operation)) return vm.status === "PAUSED" ? pausedRefusal(action) : "state";
  if (standing.inMaintenance && waitsForMaintenance(operation)) return "maintenance";
  if (isPower(operation) && standingOf(operation, vm) === "busy") return "busy";
  return action === "softReboot" && !standing.canReboot ? "no_guest" : null;
}

function permits(action: VmAction, { operate, remove, console }: VmStanding): boolean {
  if (action === "console") return console;
  return action === "delete" ? remove : operate;
}

/** What a paused machine could do if it went on. */
function pausedRefusal(action: VmAction): ActionRefusal {
  return action === "pause" || action === "delete" || action === "start" ? "state" : "paused";
}

/** Of several machines, those that would take it, and how many are kept from it by which state. */
export function fittingOf<Vm extends { status: VmState }>(
  vms: readonly Vm[],
  operation: VmOperation,
): { fitting: Vm[]; others: { status: VmState; count: number }[] } {
  const fitting = vms.filter(({ status }) => isFitting(status, operation));
  const unfit = Map.groupBy(
    vms.filter((vm) => !fitting.includes(vm)),
    ({ status }) => status,
  );
  const others = [...unfit].map(([status, those]) => ({ status, count: those.length }));
  return { fitting, others: others.toSorted((a, b) => b.count - a.count) };
}
