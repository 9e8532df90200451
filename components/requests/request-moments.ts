import type { RequestDetail } from "@/lib/requests/schema";
import { operationSteps } from "@/lib/vocabulary/event-types";

type MomentKind =
  | "submitted"
  | "approved"
  | "approvedByRule"
  | "rejected"
  | "cancelled"
  | "succeeded"
  | "failed"
  | (typeof operationSteps)[number];

export interface RequestMoment {
  kind: MomentKind;
  at: Date;
  by: string | null;
}

type Facts = Pick<
  RequestDetail,
  | "status"
  | "steps"
  | "requesterName"
  | "approverName"
  | "createdAt"
  | "approvedAt"
  | "rejectedAt"
  | "cancelledAt"
  | "finishedAt"
>;

/** What happened to a request and when, newest first; of two at the same moment the later step. */
export function momentsOf(request: Facts): RequestMoment[] {
  const { requesterName, approverName } = request;
  const byRule = approverName?.startsWith("policy:") === true;
  const moments: (RequestMoment | null)[] = [
    { kind: "submitted", at: request.createdAt, by: requesterName },
    moment(byRule ? "approvedByRule" : "approved", request.approvedAt, byRule ? null : approverName),
    moment("rejected", request.rejectedAt, approverName),
    moment("cancelled", request.cancelledAt, requesterName),
    ...operationSteps.map((step) => moment(step, request.steps[step] ?? null)),
    request.status === "SUCCESS" ? moment("succeeded", request.finishedAt) : null,
    request.status === "FAILED" ? moment("failed", request.finishedAt) : null,
  ];
  return moments
    .filter((each) => each !== null)
    .reverse()
    .sort((one, other) => other.at.getTime() - one.at.getTime());
}

function moment(kind: MomentKind, at: Date | string | null, by: string | null = null): RequestMoment | null {
  return at === null ? null : { kind, at: new Date(at), by };
}
