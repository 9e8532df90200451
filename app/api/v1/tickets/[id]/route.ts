import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readRequest } from "@/lib/requests/queries";
import { requestDetail } from "@/lib/requests/schema";

export const GET = defineRoute({
  summary: "Read a request",
  permission: "ticket:view",
  params: z.strictObject({ id: z.string() }),
  output: requestDetail,
  useCase: (ctx, { params }) => readRequest(ctx, params.id),
});
