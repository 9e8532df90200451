import { newId } from "@/lib/core/ids";
import type { Sent } from "./call-door";
import type { Furniture } from "./furnish-system";

const fresh = () => `x${newId().slice(-8)}`;

/** What is right to ask of the rules' doors. */
export const policyRequests: Record<string, (furniture: Furniture) => Pick<Sent, "query" | "body">> = {
  "POST /api/v1/admin/approval-policies": () => ({
    body: { name: fresh(), effect: "ask", operation: "CLONE_VM", state: "draft" },
  }),
  "PATCH /api/v1/admin/approval-policies/{id}": () => ({ body: { revision: 1, priority: 50 } }),
  "PUT /api/v1/admin/approval-policies/{id}/state": () => ({ body: { revision: 1, state: "shadow" } }),
  "DELETE /api/v1/admin/approval-policies/{id}": () => ({ query: { confirm: "true" } }),
  "POST /api/v1/admin/approval-policies/preview": () => ({ body: {} }),
  "POST /api/v1/admin/approval-policies/preview-workflow": () => ({
    body: { workflow: { name: fresh(), match: {}, steps: [{ approvers: [{ kind: "holders" }] }] } },
  }),
  "POST /api/v1/admin/approval-policies/replays": () => ({ body: { days: 1 } }),
  "POST /api/v1/admin/approval-policies/test": (f) => ({
    body: { operation: "START_VM", system_id: f.systemId, environment: "test", requester: f.memberId },
  }),
};
