import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rotateSecret } from "@/lib/notifications/channels/rotate-secret";
import { rotatedSecret, rotateSecretInput } from "@/lib/notifications/channels/schema";

export const POST = defineRoute({
  summary: "Give a signed webhook a new key",
  description: "The former key signs in X-Signature-256-Previous until the overlap is over.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: rotateSecretInput.omit({ channelId: true }),
  output: rotatedSecret,
  useCase: (ctx, { params: { id }, body }) => rotateSecret(ctx, { ...body, channelId: id }),
});
