import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readMailServer } from "@/lib/notifications/mail/queries";
import { mailServerRow, updateMailServerInput } from "@/lib/notifications/mail/schema";
import { updateMailServer } from "@/lib/notifications/mail/update-mail-server";

export const GET = defineRoute({
  summary: "Read the mail server",
  permission: "platform:admin",
  output: mailServerRow,
  useCase: (ctx) => readMailServer(ctx),
});

export const PUT = defineRoute({
  summary: "Set the mail server",
  description:
    "A `password` that is left out stays, as long as mail goes to the same place under the same name.",
  permission: "platform:admin",
  body: updateMailServerInput,
  output: z.object({ version: z.number() }),
  useCase: (ctx, { body }) => updateMailServer(ctx, body),
});
