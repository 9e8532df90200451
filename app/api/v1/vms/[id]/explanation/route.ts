import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readExplanation } from "@/lib/vms/explanation/queries";
import { explanationAnswer } from "@/lib/vms/explanation/schema";

export const GET = defineRoute({
  summary: "Explain why a machine is as it is",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: explanationAnswer,
  useCase: async (ctx, { params }) => ({ explanation: await readExplanation(ctx, params.id) }),
});
