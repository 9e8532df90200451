import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { approveRequest } from "@/lib/requests/approve-request";
import { approveInput } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Approve a request",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: approveInput.omit({ ticketId: true }),
  useCase: (ctx, { params, body }) => approveRequest(ctx, { ticketId: params.id, ...body }),
});
