import type { DeskLab } from "@/e2e/lab/approval-desk/server";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { createDeskInput, type Route } from "@/lib/requests/desks/schema";

interface DeskOver {
  enabled?: boolean;
  sortOrder?: number;
  routes?: Partial<Route>[];
  callbackSecret?: string | null;
  statusUrl?: string | null;
  timeoutSeconds?: number;
  retryCount?: number;
  retryBackoffSeconds?: number;
}

/** One of the lab's desks, known to the portal with all that it needs. */
export async function aDesk(
  administrator: Context,
  lab: DeskLab,
  type: "webhook" | "servicenow" | "jira",
  over: DeskOver = {},
): Promise<{ id: string; name: string }> {
  const { statusUrl = null, callbackSecret = null, ...plain } = over;
  const common = {
    name: `${type}-${newId()}`,
    enabled: true,
    caCertificate: lab.caPem,
    timeoutSeconds: 5,
    ...plain,
  };
  const kind = "basic" as const;
  if (type === "webhook") {
    const { url: webhookUrl, signingKey } = lab.webhook;
    const given = { ...common, type, webhookUrl, config: { statusUrl }, signingKey, callbackSecret };
    return createDesk(administrator, createDeskInput.parse(given));
  }
  const { url: webhookUrl, username, password } = lab[type];
  const config = type === "jira" ? { projectKey: "SHEP" } : {};
  const credentials = { kind, username, password };
  return createDesk(
    administrator,
    createDeskInput.parse({ ...common, type, webhookUrl, config, credentials, callbackSecret }),
  );
}
