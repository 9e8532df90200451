import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { requestExtension } from "@/lib/requests/lifetimes/request-extension";
import { requestExtensionInput } from "@/lib/requests/lifetimes/schema";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for a longer life than one click gives",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: requestExtensionInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestExtension(ctx, { vmId: params.id, ...body }),
  headers: ({ links }) => ({ Location: links.event }),
});
