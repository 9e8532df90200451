import type { StepState } from "@/components/ui/stepper";
import type { RequestDetail } from "@/lib/requests/schema";
import type { OperationStep } from "@/lib/vocabulary/event-types";
import type { OperationType } from "@/lib/vocabulary/operations";

type RequestStepName = "submitted" | "approved" | OperationStep | "done";

export interface RequestStep {
  name: RequestStepName;
  state: StepState;
  at: Date | string | null;
}

type Facts = Pick<
  RequestDetail,
  "operationType" | "status" | "steps" | "createdAt" | "approvedAt" | "finishedAt"
>;

/** What follows an approval; a console grant has nothing to wait for. */
const workOf: Record<OperationType, readonly RequestStepName[]> = {
  CREATE: ["namespace", "manifest", "applied", "scheduled", "running"],
  MODIFY: ["applied", "done"],
  DELETE: ["applied", "done"],
  POWER: ["applied", "done"],
  VNC_ACCESS: ["done"],
  ACCESS: ["done"],
  SNAPSHOT: ["applied", "done"],
  RESTORE: ["applied", "done"],
  CLONE: ["applied", "done"],
  LIFETIME: ["done"],
  QUOTA: ["done"],
};

/** The way of a request, each part with its state; a later part that was reached proves the earlier ones. */
export function stepsOf(request: Facts): RequestStep[] {
  const names: RequestStepName[] = ["submitted", "approved", ...workOf[request.operationType]];
  const times = names.map((name) => timeOf(request, name));
  const reached = request.status === "SUCCESS" ? names.length - 1 : times.findLastIndex((at) => at !== null);
  return names.map((name, index) => ({
    name,
    at: times[index] ?? null,
    state: index <= reached ? "done" : stateAhead(request, index === reached + 1),
  }));
}

function timeOf(request: Facts, name: RequestStepName): Date | string | null {
  switch (name) {
    case "submitted":
      return request.createdAt;
    case "approved":
      return request.approvedAt;
    case "done":
      return request.status === "SUCCESS" ? request.finishedAt : null;
    default:
      return request.steps[name] ?? null;
  }
}

function stateAhead({ status }: Facts, isNext: boolean): StepState {
  switch (status) {
    case "PENDING":
    case "APPROVED":
    case "EXECUTING":
      return isNext ? "current" : "waiting";
    case "FAILED":
    case "REJECTED":
      return isNext ? "failed" : "skipped";
    default:
      return "skipped";
  }
}
