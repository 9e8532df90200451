import type { Tx } from "@/lib/core/transaction";
import { compareRequests, type Difference } from "./rules";
import { listPastRequests, lockReplay } from "./store";

const requestsPerPage = 500;

/** A step: the next requests of a replay are asked again; true once none is left. The replay's row keeps two apart. */
export async function takeReplayPage(tx: Tx, replayId: string): Promise<boolean> {
  const replay = await lockReplay(tx, replayId);
  if (replay === null || replay.state === "done") return true;
  const { since, until, lastTicketId: afterId } = replay;
  const requests = await listPastRequests(tx, { since, until, afterId, limit: requestsPerPage });
  const differences = compareRequests(requests, replay.rules);
  await tx.policyReplayRow.createMany({ data: differences.map((found) => rowOf(replayId, found)) });
  const isLast = requests.length < requestsPerPage;
  const uncertain = differences.filter(({ rolesUncertain }) => rolesUncertain).length;
  await tx.$executeRaw`
    UPDATE policy_replays SET state = ${isLast ? "done" : "running"}, done = done + ${requests.length},
      differing = differing + ${differences.length}, uncertain = uncertain + ${uncertain},
      last_ticket_id = ${requests.at(-1)?.ticketId ?? afterId},
      finished_at = CASE WHEN ${isLast} THEN now() END
    WHERE id = ${replayId}`;
  return isLast;
}

function rowOf(replayId: string, { request, now, then, rolesUncertain }: Difference) {
  const { ticketId, operation, environment, systemId, systemName, resourceName } = request;
  const { requesterId, requesterName, askedAt, recordedEffect, recordedPolicy } = request;
  return {
    ...{ replayId, ticketId, operation, environment, systemId, systemName, resourceName },
    ...{ requesterId, requesterName, askedAt, recordedEffect, recordedPolicy, rolesUncertain },
    ...{ nowEffect: now.effect, nowPolicy: now.policyName, nowWorkflowId: now.workflowId },
    ...{ thenEffect: then.effect, thenPolicy: then.policyName, thenWorkflowId: then.workflowId },
  };
}
