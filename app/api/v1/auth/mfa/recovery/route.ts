import { defineRoute } from "@/app/_http/define-route";
import { issueRecoveryCodes } from "@/lib/identity/factors/issue-recovery-codes";
import { recoveryCodeList } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Replace one's own recovery codes",
  description: "Asks for a fresh second factor and answers with the new codes, once. The older ones end.",
  output: recoveryCodeList,
  status: 201,
  useCase: (ctx) => issueRecoveryCodes(ctx),
});
