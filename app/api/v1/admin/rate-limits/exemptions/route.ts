import { defineRoute } from "@/app/_http/define-route";
import { grantExemption } from "@/lib/batches/limits/grant-exemption";
import { exemptionRow, grantExemptionInput } from "@/lib/batches/limits/schema";

export const POST = defineRoute({
  summary: "Lift the limits of one person for some days",
  permission: "rate_limit:manage",
  body: grantExemptionInput,
  output: exemptionRow,
  status: 201,
  useCase: (ctx, { body }) => grantExemption(ctx, body),
});
