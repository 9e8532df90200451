import { z } from "zod";
import { setConsoleCookie } from "@/app/_http/console-cookie";
import { defineRoute } from "@/app/_http/define-route";
import { consoleAnswer, requestConsoleInput } from "@/lib/console/schema";
import { requestConsole } from "@/lib/requests/request-console";

export const POST = defineRoute({
  summary: "Ask for a virtual machine's console",
  description:
    "Issues a token in the cookie `vnc_bootstrap`, good for one connection to `socket_path` within a minute, or, where " +
    "somebody has to approve, opens a ticket; then `reason` and `minutes` are required. `mode` is `control`, which is " +
    "refused where somebody is connected, `take_over`, which cuts them off, or `watch`, which follows what they see.",
  permission: "vnc:access",
  params: z.strictObject({ id: z.string() }),
  body: requestConsoleInput.omit({ vmId: true }),
  output: consoleAnswer,
  useCase: (ctx, { params, body }) => requestConsole(ctx, { vmId: params.id, ...body }),
  headers: ({ token, socketPath }): Record<string, string> =>
    token === null || socketPath === null ? {} : { "Set-Cookie": setConsoleCookie(token, socketPath) },
});
