import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readAdoption } from "@/lib/vms/adoption/queries";
import { adoptionDetail } from "@/lib/vms/adoption/schema";

export const GET = defineRoute({
  summary: "Read a found machine with its manifest",
  description: "What the guest is told in secret is cut out of the manifest.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: adoptionDetail,
  useCase: (ctx, { params }) => readAdoption(ctx, params.id),
});
