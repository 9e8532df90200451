import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listAccess } from "@/lib/access/reviews/queries";
import { accessFilter, accessPage } from "@/lib/access/reviews/schema";

export const GET = defineRoute({
  summary: "Review who has what on a system",
  description: "Takes the admin role on the system.",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  query: accessFilter.omit({ systemId: true }),
  output: accessPage,
  useCase: (ctx, { params, query }) => listAccess(ctx, { systemId: params.id, ...query }),
});
