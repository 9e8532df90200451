import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listMemberCandidates } from "@/lib/access/members/queries";
import { candidateFilter, candidateList } from "@/lib/access/members/schema";

export const GET = defineRoute({
  summary: "Find people who may become members",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  query: candidateFilter.omit({ systemId: true }),
  output: candidateList,
  useCase: async (ctx, { params, query }) => ({
    items: await listMemberCandidates(ctx, { systemId: params.id, ...query }),
  }),
});
