import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readTimeline } from "@/lib/requests/workflows/read-timeline";
import { timeline } from "@/lib/requests/workflows/schema";

export const GET = defineRoute({
  summary: "Read whose turn a request is and why, what was said, and everything that happened to it",
  permission: "ticket:view",
  params: z.strictObject({ id: z.string().max(64) }),
  output: timeline,
  useCase: (ctx, { params }) => readTimeline(ctx, params.id),
});
