import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readModifyContext } from "@/lib/requests/modification/queries";
import { modifyContext } from "@/lib/requests/modification/schema";

export const GET = defineRoute({
  summary: "Read what a change of a machine starts from: what it has, how far it may go, what may be set",
  permission: "vm:create",
  params: z.strictObject({ id: z.string() }),
  output: modifyContext,
  useCase: (ctx, { params }) => readModifyContext(ctx, params.id),
});
