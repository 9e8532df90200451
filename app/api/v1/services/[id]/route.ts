import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteService } from "@/lib/systems/delete-service";
import { readService } from "@/lib/systems/queries";
import { deleteServiceInput, serviceRow, updateServiceInput } from "@/lib/systems/schema";
import { updateService } from "@/lib/systems/update-service";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a service",
  permission: "service:read",
  params: path,
  output: serviceRow,
  useCase: (ctx, { params }) => readService(ctx, params.id),
});

export const PATCH = defineRoute({
  summary: "Change a service's description",
  permission: "service:create",
  params: path,
  body: updateServiceInput.omit({ serviceId: true }),
  useCase: (ctx, { params, body }) => updateService(ctx, { serviceId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Delete a service without virtual machines",
  permission: "service:delete",
  params: path,
  query: deleteServiceInput.omit({ serviceId: true }),
  useCase: (ctx, { params, query }) => deleteService(ctx, { serviceId: params.id, ...query }),
});
