import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readInitialPasswordStatus } from "@/lib/vms/initial-password/queries";
import { revealInitialPassword } from "@/lib/vms/initial-password/reveal-initial-password";
import { initialPasswordStatus, revealedPassword } from "@/lib/vms/initial-password/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read whether a first password waits",
  permission: "vm:operate",
  params,
  output: initialPasswordStatus,
  useCase: (ctx, input) => readInitialPasswordStatus(ctx, input.params.id),
});

export const POST = defineRoute({
  summary: "Read the first password, once",
  description:
    "For whoever asked for the machine, or an owner of its System. It is answered once and kept nowhere; the machine " +
    "asks for another one at the first sign-in.",
  permission: "vm:operate",
  params,
  output: revealedPassword,
  useCase: (ctx, input) => revealInitialPassword(ctx, { vmId: input.params.id }),
});
