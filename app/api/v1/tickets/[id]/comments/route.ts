import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { addComment } from "@/lib/requests/conversation/add-comment";
import { listConversation } from "@/lib/requests/conversation/queries";
import { commentInput, conversation } from "@/lib/requests/conversation/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read what was said about a request, and how it changed while it waited",
  permission: "ticket:view",
  params,
  output: conversation,
  useCase: (ctx, { params: { id } }) => listConversation(ctx, id),
});

export const POST = defineRoute({
  summary: "Say something about a request",
  permission: "ticket:view",
  params,
  body: commentInput.omit({ ticketId: true }),
  useCase: (ctx, { params: { id }, body }) => addComment(ctx, { ticketId: id, ...body }),
});
