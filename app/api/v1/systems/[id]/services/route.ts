import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { createService } from "@/lib/systems/create-service";
import { listServices } from "@/lib/systems/queries";
import { createdRow, createServiceInput, serviceFilter, servicePage } from "@/lib/systems/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List a system's services",
  permission: "service:read",
  params: path,
  query: serviceFilter.omit({ systemId: true }),
  output: servicePage,
  useCase: (ctx, { params, query }) => listServices(ctx, { ...query, systemId: params.id }),
});

export const POST = defineRoute({
  summary: "Create a service",
  permission: "service:create",
  params: path,
  body: createServiceInput.omit({ systemId: true }),
  output: createdRow,
  status: 201,
  useCase: (ctx, { params, body }) => createService(ctx, { systemId: params.id, ...body }),
  headers: (service) => ({ Location: `/api/v1/services/${service.id}` }),
});
