import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteEnvironment } from "@/lib/access/environments/delete-environment";
import { deleteEnvironmentInput, updateEnvironmentInput } from "@/lib/access/environments/schema";
import { updateEnvironment } from "@/lib/access/environments/update-environment";

const path = z.strictObject({ name: z.string().max(63) });

export const PATCH = defineRoute({
  summary: "Change how an environment is described and ordered",
  permission: "platform:admin",
  params: path,
  body: updateEnvironmentInput.omit({ name: true }),
  useCase: (ctx, { params, body }) => updateEnvironment(ctx, { name: params.name, ...body }),
});

export const DELETE = defineRoute({
  summary: "Delete an environment that is not used",
  permission: "platform:admin",
  params: path,
  query: deleteEnvironmentInput.omit({ name: true }),
  useCase: (ctx, { params, query }) => deleteEnvironment(ctx, { name: params.name, ...query }),
});
