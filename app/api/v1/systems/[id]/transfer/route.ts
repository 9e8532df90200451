import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { transferOwnershipInput } from "@/lib/access/members/schema";
import { transferOwnership } from "@/lib/access/members/transfer-ownership";

export const POST = defineRoute({
  summary: "Hand a system over to another owner",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  body: transferOwnershipInput.omit({ systemId: true }),
  useCase: (ctx, { params, body }) => transferOwnership(ctx, { systemId: params.id, ...body }),
});
