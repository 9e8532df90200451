import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { reopenAdoption } from "@/lib/vms/adoption/reopen-adoption";

export const POST = defineRoute({
  summary: "Let a rejected machine wait for a decision again",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => reopenAdoption(ctx, { adoptionId: params.id }),
});
