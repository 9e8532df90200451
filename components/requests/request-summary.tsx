import { Ban, CircleCheck, CircleX, Hourglass, LoaderCircle, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { assertNever } from "@/lib/core/errors";
import type { RequestDetail } from "@/lib/requests/schema";
import { ClusterWords } from "./cluster-words";
import { momentTag } from "./moment";
import { toneOfRequest } from "./request-looks";
import { useApproverNames } from "./use-approver-names";
import { useRequestTitle } from "./use-request-title";

type Approver = { username: string; displayName: string };
type SummaryProps = { request: RequestDetail };

const icons: Record<RequestDetail["status"], ReactNode> = {
  PENDING: <Hourglass aria-hidden strokeWidth={1.75} />,
  APPROVED: (
    <LoaderCircle aria-hidden strokeWidth={1.75} className="animate-spin motion-reduce:animate-none" />
  ),
  EXECUTING: (
    <LoaderCircle aria-hidden strokeWidth={1.75} className="animate-spin motion-reduce:animate-none" />
  ),
  SUCCESS: <CircleCheck aria-hidden strokeWidth={1.75} />,
  REJECTED: <Ban aria-hidden strokeWidth={1.75} />,
  CANCELLED: <Undo2 aria-hidden strokeWidth={1.75} />,
  FAILED: <CircleX aria-hidden strokeWidth={1.75} />,
};

type RequestSummaryProps = SummaryProps & { approvers: readonly Approver[]; actions?: ReactNode };

/** The answer to "where is it?" in one sentence, and what helps where it is stuck. */
export function RequestSummary({ request, approvers, actions }: RequestSummaryProps) {
  const isStuck = isStuckAt(request);
  return (
    <Callout
      tone={isStuck ? "warning" : toneOfRequest(request.status)}
      icon={icons[request.status]}
      role="status"
      title={<SummaryTitle request={request} approvers={approvers} />}
      actions={actions}
    >
      <SummaryBody request={request} />
    </Callout>
  );
}

function SummaryTitle({ request, approvers }: SummaryProps & { approvers: readonly Approver[] }) {
  const t = useTranslations("requests");
  const titleOf = useRequestTitle();
  const vm = request.resourceName ?? "";
  switch (request.status) {
    case "PENDING":
      return <WaitingTitle request={request} approvers={approvers} />;
    case "APPROVED":
    case "EXECUTING":
      if (request.heldUntil !== null)
        return t.rich("summary.held", { title: titleOf(request), time: momentTag(request.heldUntil) });
      return request.operationType === "CREATE"
        ? t(isStuckAt(request) ? "summary.stuck" : "summary.comingUp", {
            vm,
            cluster: request.selectedClusterName ?? "–",
          })
        : t("summary.underWay", { title: titleOf(request) });
    case "SUCCESS":
      return <SuccessTitle request={request} />;
    case "REJECTED":
      return t("summary.rejected", { approver: request.approverName ?? "–" });
    case "CANCELLED":
      return t("summary.cancelled", { requester: request.requesterName });
    case "FAILED":
      return t("summary.failed", { title: titleOf(request) });
    default:
      return assertNever(request.status);
  }
}

/** Whom it waits for: its requester's answer, a desk outside, or whoever decides here. */
function WaitingTitle({ request, approvers }: SummaryProps & { approvers: readonly Approver[] }) {
  const t = useTranslations("requests");
  const namesOf = useApproverNames();
  const { infoRequestedAt, requesterName, externalState, outside } = request;
  if (infoRequestedAt !== null)
    return t.rich("summary.asked", { requester: requesterName, time: momentTag(infoRequestedAt) });
  if (outside !== null && (externalState === "sending" || externalState === "waiting"))
    return t("summary.outside", { system: outside.system });
  return approvers.length === 0
    ? t("summary.nobodyApproves")
    : t("summary.waiting", { names: namesOf(approvers) });
}

function SuccessTitle({ request }: SummaryProps) {
  const t = useTranslations("requests");
  const titleOf = useRequestTitle();
  const time = momentTag(request.finishedAt);
  const vm = request.resourceName ?? "";
  if (request.access !== null) return <AccessTitle request={request} access={request.access} />;
  if (request.operationType === "VNC_ACCESS") {
    return t.rich("summary.granted", { vm, minutes: request.minutes ?? 0, time });
  }
  if (request.operationType !== "CREATE") return t.rich("summary.done", { title: titleOf(request), time });
  if (request.vmStatus === "RUNNING") return t.rich("summary.runningSince", { vm, time });
  return request.vmStatus === null
    ? t.rich("summary.goneSince", { vm, time })
    : t.rich("summary.cameUp", { vm, time });
}

function AccessTitle({ request, access }: SummaryProps & { access: NonNullable<RequestDetail["access"]> }) {
  const t = useTranslations("requests");
  const facts = { requester: request.requesterName, role: access.role, system: request.systemName };
  return t.rich(`summary.access.${request.accessState ?? "changed"}`, {
    ...facts,
    time: momentTag(request.accessUntil),
  });
}

function SummaryBody({ request }: SummaryProps) {
  const t = useTranslations("requests");
  const words = wordsOf(request);
  switch (request.status) {
    case "PENDING":
      return t(request.infoRequestedAt === null ? "summary.waitingBody" : "summary.askedBody");
    case "APPROVED":
    case "EXECUTING":
      if (request.heldUntil !== null) return <HeldBody request={request} />;
      return (
        <>
          <p>{words === null ? t("summary.patience") : <StuckSentence request={request} />}</p>
          {request.attemptCount > 1 && <p>{t("summary.attempts", { count: request.attemptCount })}</p>}
          {words !== null && <ClusterWords words={words} />}
        </>
      );
    case "REJECTED":
      return <q>{request.rejectReason}</q>;
    case "CANCELLED":
      return words ? <q>{words}</q> : null;
    case "FAILED":
      return <FailureBody request={request} />;
    case "SUCCESS":
      return null;
    default:
      return assertNever(request.status);
  }
}

/** Approved, and waiting for its hour: its own wish, a change window, or the end of a freeze. */
function HeldBody({ request: { holdReason } }: SummaryProps) {
  const t = useTranslations("requests");
  const kind = holdReason?.kind ?? "other";
  return t(
    `summary.heldBecause.${kind === "scheduled" || kind === "window" || kind === "freeze" ? kind : "other"}`,
    {
      name: holdReason?.name ?? "",
    },
  );
}

/** Why it does not get on and what helps, for the states a cluster names. */
function StuckSentence({ request }: SummaryProps) {
  const t = useTranslations("requests");
  const key = `stuck.${request.vmClusterStatus ?? ""}`;
  const cluster = request.selectedClusterName ?? "–";
  return request.vmClusterStatus && t.has(key) ? t(key, { cluster }) : t("stuck.other", { cluster });
}

function FailureBody({ request }: SummaryProps) {
  const t = useTranslations("requests");
  const code = request.lastError?.code ?? "";
  const words = request.lastError?.message ?? request.eventMessage;
  const key = `failure.${code}`;
  return (
    <>
      <p>{code !== "" && t.has(key) ? t(key) : t("failure.other")}</p>
      {request.attemptCount > 1 && <p>{t("summary.attempts", { count: request.attemptCount })}</p>}
      {words && <ClusterWords words={words} />}
      {code !== "" && <p className="mt-1 font-mono text-2xs text-ink-faint">{code}</p>}
    </>
  );
}

/** What the machine's own report says comes before what the last attempt met. */
function wordsOf(request: RequestDetail): string | null {
  return request.vmStatusMessage ?? request.eventMessage ?? request.lastError?.message ?? null;
}

/** States that only take their time, whatever the cluster says about them. */
const patientStates = ["Provisioning", "WaitingForVolumeBinding", "Starting"];

function isStuckAt(request: RequestDetail): boolean {
  const isMoving = request.vmClusterStatus !== null && patientStates.includes(request.vmClusterStatus);
  return request.status === "EXECUTING" && wordsOf(request) !== null && !isMoving;
}
