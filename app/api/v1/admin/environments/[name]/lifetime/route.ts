import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { environmentLifetimeShape } from "@/lib/requests/lifetimes/schema";
import { setEnvironmentLifetime } from "@/lib/requests/lifetimes/set-environment-lifetime";

export const PUT = defineRoute({
  summary: "Set how long new machines of an environment live",
  permission: "platform:admin",
  params: z.strictObject({ name: z.string() }),
  body: environmentLifetimeShape.omit({ environment: true }),
  useCase: (ctx, { params, body }) => setEnvironmentLifetime(ctx, { environment: params.name, ...body }),
});
