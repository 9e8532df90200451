import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isOnDesk, ticketIsVisible } from "../store";
import { findTurns } from "../workflows/find-turns";

/** One request of a batch, as its batch shows it. */
export interface BatchedRequest {
  sequenceNo: number;
  ticketId: string;
  eventId: string;
  operation: string;
  status: string;
  resourceId: string | null;
  resourceName: string | null;
  systemName: string;
  serviceName: string | null;
  environment: string | null;
  requesterName: string;
  attemptCount: number;
  rejectReason: string | null;
  lastError: { code: string; message: string } | null;
  eventMessage: string | null;
  finishedAt: Date | null;
  isOwn: boolean;
  /** Whoever looks may decide it now. */
  waitsForMe: boolean;
}

/** The requests of a batch that this person may see, in the order they were asked for. */
export async function listBatchedRequests(ctx: Context, batchId: string): Promise<BatchedRequest[]> {
  return db().$queryRaw<BatchedRequest[]>`
    SELECT coalesce(k.sequence_no, 0) AS "sequenceNo", k.id AS "ticketId", k.event_id AS "eventId", k.operation,
      k.status, k.resource_id AS "resourceId", k.resource_name AS "resourceName", k.system_name AS "systemName",
      k.service_name AS "serviceName", k.environment, k.requester_name AS "requesterName",
      k.attempt_count AS "attemptCount", k.reject_reason AS "rejectReason", k.last_error AS "lastError",
      e.error_message AS "eventMessage", k.finished_at AS "finishedAt",
      k.requester_id = ${actorId(ctx.actor)} AS "isOwn",
      ${findTurns(ctx)} AND k.requester_id <> ${actorId(ctx.actor)} AS "waitsForMe"
    FROM approval_tickets k JOIN domain_events e ON e.id = k.event_id
    WHERE k.batch_id = ${batchId} AND (${ticketIsVisible(ctx)} OR ${isOnDesk(ctx, "builtin_approval:view")})
    ORDER BY k.sequence_no`;
}
