import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { consoleAccess } from "@/lib/console/schema";
import { readConsoleAccess } from "@/lib/requests/read-console-access";

export const GET = defineRoute({
  summary: "Read where one stands with a virtual machine's console",
  description:
    "Whether an approval is needed, the grant that is running, the latest request, who is connected.",
  permission: "vnc:access",
  params: z.strictObject({ id: z.string() }),
  output: consoleAccess,
  useCase: (ctx, { params }) => readConsoleAccess(ctx, { vmId: params.id }),
});
