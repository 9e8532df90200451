import { defineRoute } from "@/app/_http/define-route";
import { listQuotas } from "@/lib/requests/quotas/queries";
import { removeQuota } from "@/lib/requests/quotas/remove-quota";
import { quotaFilter, quotaPage, removeQuotaInput, setQuotaInput } from "@/lib/requests/quotas/schema";
import { setQuota } from "@/lib/requests/quotas/set-quota";

export const GET = defineRoute({
  summary: "List what Systems may hold of each environment, and what they hold",
  permission: "platform:admin",
  query: quotaFilter,
  output: quotaPage,
  useCase: (ctx, { query }) => listQuotas(ctx, query),
});

export const PUT = defineRoute({
  summary: "Set the limits of a System in an environment",
  permission: "platform:admin",
  body: setQuotaInput,
  useCase: (ctx, { body }) => setQuota(ctx, body),
});

export const DELETE = defineRoute({
  summary: "Remove the limits of a System in an environment",
  permission: "platform:admin",
  query: removeQuotaInput,
  useCase: (ctx, { query }) => removeQuota(ctx, query),
});
