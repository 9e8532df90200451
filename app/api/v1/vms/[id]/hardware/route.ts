import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readHardware } from "@/lib/vms/hardware/queries";
import { hardwareView } from "@/lib/vms/hardware/schema";

export const GET = defineRoute({
  summary: "Read a machine's disks and interfaces as its cluster had them last",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: hardwareView,
  useCase: (ctx, { params: { id } }) => readHardware(ctx, id),
});
