import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readLifetime } from "@/lib/requests/lifetimes/queries";
import { lifetimeView } from "@/lib/requests/lifetimes/schema";

export const GET = defineRoute({
  summary: "Read a machine's end, protection and schedule",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: lifetimeView,
  useCase: (ctx, { params }) => readLifetime(ctx, params.id),
});
