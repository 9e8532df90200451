import { defineRoute } from "@/app/_http/define-route";
import { listAccess } from "@/lib/access/reviews/queries";
import { accessFilter, accessPage } from "@/lib/access/reviews/schema";

export const GET = defineRoute({
  summary: "Review who has what, on the whole platform",
  permission: "rbac:read",
  query: accessFilter,
  output: accessPage,
  useCase: (ctx, { query }) => listAccess(ctx, query),
});
