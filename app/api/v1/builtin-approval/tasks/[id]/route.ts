import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readDesk } from "@/lib/requests/queries";
import { desk } from "@/lib/requests/queue/schema";

export const GET = defineRoute({
  summary: "Read a request with its candidate clusters",
  permission: "builtin_approval:view",
  params: z.strictObject({ id: z.string() }),
  output: desk,
  useCase: (ctx, { params }) => readDesk(ctx, params.id),
});
