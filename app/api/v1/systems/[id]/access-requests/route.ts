import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { requestAccess } from "@/lib/requests/access/request-access";
import { requestAccessInput } from "@/lib/requests/access/schema";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for a role on a system for a time",
  description:
    "The system's owners and admins decide. A system you may not know of answers as if it did not exist.",
  params: z.strictObject({ id: z.string() }),
  body: requestAccessInput.omit({ systemId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestAccess(ctx, { systemId: params.id, ...body }),
  headers: (result) => ({ Location: result.links.ticket }),
});
