import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readConfiguration } from "@/lib/requests/configuration/queries";
import { configuration } from "@/lib/requests/configuration/schema";

export const GET = defineRoute({
  summary: "Read every setting of a machine: asked for, approved, live, and on its way",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: configuration,
  useCase: (ctx, { params: { id } }) => readConfiguration(ctx, id),
});
