import { newId } from "@/lib/core/ids";
import type { Sent } from "./call-door";
import type { Furniture } from "./furnish-system";

const workflow = () => ({
  name: `x${newId().slice(-8)}`,
  match: {},
  steps: [{ approvers: [{ kind: "holders" }] }],
});

/** What is right to ask of the doors of workflows and of those who stand in. */
export const workflowRequests: Record<string, (furniture: Furniture) => Pick<Sent, "query" | "body">> = {
  "POST /api/v1/admin/approval-workflows": () => ({ body: { ...workflow(), enabled: false } }),
  "PUT /api/v1/admin/approval-workflows/{id}": () => ({
    body: { ...workflow(), enabled: false, revision: 1 },
  }),
  "POST /api/v1/admin/approval-workflows/test": (f) => ({
    body: { operation: "CREATE_VM", system_id: f.systemId, environment: "test" },
  }),
  "POST /api/v1/me/delegations": (f) => ({
    body: { to: f.owner.actor.username, starts_at: "2031-01-01T00:00:00Z", ends_at: "2031-01-08T00:00:00Z" },
  }),
};
