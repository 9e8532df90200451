import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readVmManifest } from "@/lib/vms/queries";
import { vmManifest } from "@/lib/vms/schema";

export const GET = defineRoute({
  summary: "Read the live object as YAML",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: vmManifest,
  useCase: (ctx, { params }) => readVmManifest(ctx, params.id),
});
