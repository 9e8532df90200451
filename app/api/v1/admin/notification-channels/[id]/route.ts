import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteChannel } from "@/lib/notifications/channels/delete-channel";
import { readChannel } from "@/lib/notifications/channels/queries";
import { channelRow, updateChannelInput } from "@/lib/notifications/channels/schema";
import { updateChannel } from "@/lib/notifications/channels/update-channel";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a notification channel",
  permission: "platform:admin",
  params,
  output: channelRow,
  useCase: (ctx, { params: { id } }) => readChannel(ctx, id),
});

export const PUT = defineRoute({
  summary: "Change a notification channel",
  description: "An `address` that is left out stays.",
  permission: "platform:admin",
  params,
  body: updateChannelInput.omit({ channelId: true }),
  output: z.object({ version: z.number() }),
  useCase: (ctx, { params: { id }, body }) => updateChannel(ctx, { ...body, channelId: id }),
});

export const DELETE = defineRoute({
  summary: "Delete a notification channel with its log",
  permission: "platform:admin",
  params,
  useCase: (ctx, { params: { id } }) => deleteChannel(ctx, { channelId: id }),
});
