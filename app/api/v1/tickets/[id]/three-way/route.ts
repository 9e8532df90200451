import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readThreeWay } from "@/lib/requests/modification/read-three-way";
import { threeWay } from "@/lib/requests/modification/schema";

export const GET = defineRoute({
  summary: "Read what was asked, what was decided and what the cluster has, setting by setting",
  permission: "ticket:view",
  params: z.strictObject({ id: z.string() }),
  output: threeWay,
  useCase: (ctx, { params }) => readThreeWay(ctx, params.id),
});
