import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { skipRun } from "@/lib/requests/lifetimes/skip-run";

export const POST = defineRoute({
  summary: "Leave the next run of a machine's schedule out",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => skipRun(ctx, { vmId: params.id }),
});
