import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listRevisions } from "@/lib/vms/modification/queries";
import { revisionRow } from "@/lib/vms/modification/schema";

export const GET = defineRoute({
  summary: "List what a machine has been, newest first",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: z.object({ items: z.array(revisionRow) }),
  useCase: async (ctx, { params }) => ({ items: await listRevisions(ctx, params.id) }),
});
