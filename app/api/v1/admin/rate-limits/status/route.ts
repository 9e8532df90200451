import { defineRoute } from "@/app/_http/define-route";
import { readLimitStatus } from "@/lib/batches/limits/queries";
import { limitStatus } from "@/lib/batches/limits/schema";

export const GET = defineRoute({
  summary: "Show the limits of batches, what is in use, and of whom something else was said",
  permission: "rate_limit:manage",
  output: limitStatus,
  useCase: (ctx) => readLimitStatus(ctx),
});
