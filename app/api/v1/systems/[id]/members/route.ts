import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listMembers, readSystem } from "@/lib/systems/queries";
import { memberRow } from "@/lib/systems/schema";

export const GET = defineRoute({
  summary: "List the members of a system",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  output: z.object({ items: z.array(memberRow) }),
  useCase: async (ctx, { params }) => {
    const system = await readSystem(ctx, params.id);
    return { items: await listMembers(ctx, system.id) };
  },
});
