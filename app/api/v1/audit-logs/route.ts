import { defineRoute } from "@/app/_http/define-route";
import { listAudit } from "@/lib/audit/queries";
import { auditFilter, auditPage } from "@/lib/audit/schema";

export const GET = defineRoute({
  summary: "List audit records, newest first",
  permission: "audit:read",
  query: auditFilter,
  output: auditPage,
  useCase: (ctx, { query }) => listAudit(ctx, query),
});
