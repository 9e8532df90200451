import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { lookAtGuest } from "@/lib/vms/guest/queries";
import { guestView } from "@/lib/vms/guest/schema";

export const GET = defineRoute({
  summary: "Read what the guest agent says of a VM's inside",
  description: "Asked of the guest where what is known is older than a minute; `observed_at` is its age.",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: guestView,
  useCase: (ctx, { params }) => lookAtGuest(ctx, params.id),
});
