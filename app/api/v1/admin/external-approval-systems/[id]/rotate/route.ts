import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rotatedSecret, rotateSecretInput } from "@/lib/requests/desks/schema";
import { rotateSecret } from "@/lib/requests/desks/rotate-secret";

export const POST = defineRoute({
  summary: "Renew a secret of an external approval system",
  description:
    "The former value counts beside the new one until the overlap ends. A value that is made here is told once.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: rotateSecretInput.omit({ deskId: true }),
  output: rotatedSecret,
  useCase: (ctx, { params: { id }, body }) => rotateSecret(ctx, { ...body, deskId: id }),
});
