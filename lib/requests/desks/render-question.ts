import { publicBaseUrl } from "@/lib/core/env";
import type { DeskQuestion } from "@/lib/vocabulary/approval-desks";
import type { Ticket } from "../store";

export const callbackPath = "/api/v1/webhooks/approval-callback";

/** What a desk is told of a request (spec §5.25): what is asked, by whom, for what; never a cluster, an address or a secret. */
export function renderQuestion(
  ticket: Ticket,
  { deskId, reference }: { deskId: string; reference: string },
): DeskQuestion {
  const { origin } = publicBaseUrl();
  const resource = ticket.resourceName ?? ticket.serviceName ?? ticket.systemName;
  return {
    ticketId: ticket.id,
    reference,
    title: `Shepherd: ${ticket.operation} for ${ticket.systemName} / ${resource}`,
    summary: summaryOf(ticket, `${origin}/requests/${ticket.id}`),
    body: {
      shepherd_ticket_id: ticket.id,
      external_system_id: deskId,
      type: ticket.operation,
      callback_url: `${origin}${callbackPath}`,
      requester: { id: ticket.requesterId, name: ticket.requesterName },
      request_details: { reason: ticket.reason, revision: ticket.revision, ...shownParameters(ticket) },
      resource_summary: {
        system: ticket.systemName,
        service: ticket.serviceName,
        namespace: ticket.namespace,
        resource_type: ticket.resourceType,
        resource_name: ticket.resourceName,
        demand: ticket.demand,
      },
      environment: ticket.environment,
      created_at: ticket.createdAt.toISOString(),
    },
  };
}

/** A request without anything behind it, for the test button. */
export function renderTestQuestion(deskId: string, testId: string): DeskQuestion {
  return {
    ticketId: `test-${testId}`,
    reference: `test-${testId}`,
    title: "Shepherd: connection test",
    summary: "Shepherd tries the connection to this desk. Nothing is to be decided.",
    body: { shepherd_ticket_id: `test-${testId}`, external_system_id: deskId, type: "ping" },
  };
}

function summaryOf(ticket: Ticket, link: string): string {
  const lines = [
    `What: ${ticket.operation}`,
    `Who: ${ticket.requesterName}`,
    `For: ${[ticket.systemName, ticket.serviceName, ticket.resourceName].filter(Boolean).join(" / ")}`,
    `Environment: ${ticket.environment ?? "-"}`,
    `Why: ${ticket.reason}`,
    `Ticket: ${link}`,
  ];
  return lines.join("\n");
}

/** Sizes and days, as they were asked for; what a template's fields hold may be private and stays here. */
function shownParameters({ requestParams }: Ticket): Record<string, unknown> {
  const shown = ["targetCpuCores", "targetMemoryGi", "targetDiskGb", "minutes", "role", "days"];
  if (requestParams === null || typeof requestParams !== "object" || Array.isArray(requestParams)) return {};
  const given = Object.entries(requestParams).filter(([key]) => shown.includes(key));
  return Object.fromEntries(given.map(([key, value]) => [snake(key), value]));
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
