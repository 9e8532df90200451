import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rejectAdoption } from "@/lib/vms/adoption/reject-adoption";
import { rejectAdoptionInput } from "@/lib/vms/adoption/schema";

export const POST = defineRoute({
  summary: "Leave a found machine where it is",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: rejectAdoptionInput.omit({ adoptionId: true }),
  useCase: (ctx, { params, body }) => rejectAdoption(ctx, { ...body, adoptionId: params.id }),
});
