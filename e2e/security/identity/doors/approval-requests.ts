import { fresh, type Requests } from "./request-table";
import { wish } from "./system-requests";

const aDesk = { type: "webhook", webhook_url: "https://desk.example/approvals" };

/** What is right to ask of the doors of approvals, batches, emergencies and approval systems outside. */
export const approvalRequests: Requests = {
  "POST /api/v1/admin/external-approval-systems": () => ({ body: { ...aDesk, name: fresh() } }),
  "PUT /api/v1/admin/external-approval-systems/{id}": () => ({
    body: { ...aDesk, name: fresh(), version: 1 },
  }),
  "DELETE /api/v1/admin/external-approval-systems/{id}": (f) => ({
    query: { confirm_name: `desk ${f.canary}` },
  }),
  "POST /api/v1/admin/external-approval-systems/{id}/rotate": () => ({ body: { secret: "signing_key" } }),
  "PUT /api/v1/admin/external-approval-systems/{id}/enabled": () => ({ body: { enabled: true } }),
  "POST /api/v1/admin/external-approval-systems/tickets/{id}/take-back": () => ({ body: {} }),
  "POST /api/v1/emergencies": (f) => ({
    body: { system_id: f.systemId, environment: "test", reason: "The shop is down", minutes: 15 },
  }),
  "POST /api/v1/emergencies/{id}/review": () => ({
    body: { verdict: "justified", comment: "The log shows the outage" },
  }),
  "POST /api/v1/admin/approvals/{id}/preview": () => ({ body: {} }),
  "POST /api/v1/builtin-approval/tasks/{id}/approve": () => ({ body: { version: 1 } }),
  "POST /api/v1/builtin-approval/tasks/{id}/reject": () => ({ body: { version: 1, reason: "no" } }),
  "POST /api/v1/builtin-approval/tasks/{id}/request-information": () => ({ body: { question: "Why?" } }),
  "POST /api/v1/tickets/{id}/cancel": () => ({ body: {} }),
  "POST /api/v1/tickets/{id}/comments": () => ({ body: { body: "Hello" } }),
  "POST /api/v1/tickets/{id}/resubmit": () => ({ body: { answer: "Because" } }),
  "POST /api/v1/admin/reject-reasons": () => ({ body: { text_en: "No", text_zh: "不" } }),
  "PUT /api/v1/admin/reject-reasons/{id}": () => ({ body: { text_en: "No", text_zh: "不" } }),
  "POST /api/v1/approvals/batch": (f) => ({ body: { items: [{ ticket_id: f.ticketId }] } }),
  "POST /api/v1/admin/rate-limits/exemptions": (f) => ({
    body: { user_id: f.accountId, days: 1, reason: "a migration" },
  }),
  "PUT /api/v1/admin/rate-limits/users/{id}": () => ({ body: { cooldown_seconds: 60, reason: "their job" } }),
  "POST /api/v1/vms/batch": (f) => {
    const { reason, ...item } = wish(f);
    return { body: { operation: "CREATE", reason, items: [item] } };
  },
  "POST /api/v1/vms/batch/power": (f) => ({
    body: { items: [{ vm_id: f.vmId, operation: "RESTART_VM" }] },
  }),
  "POST /api/v1/vms/batch/{id}/approve": () => ({ body: {} }),
  "POST /api/v1/vms/batch/{id}/reject": () => ({ body: { reason: "no" } }),
};
