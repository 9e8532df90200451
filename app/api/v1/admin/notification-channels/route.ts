import { defineRoute } from "@/app/_http/define-route";
import { createChannel } from "@/lib/notifications/channels/create-channel";
import { listChannels } from "@/lib/notifications/channels/queries";
import { channelList, createChannelInput, createdChannel } from "@/lib/notifications/channels/schema";

export const GET = defineRoute({
  summary: "List notification channels",
  permission: "platform:admin",
  output: channelList,
  useCase: (ctx) => listChannels(ctx),
});

export const POST = defineRoute({
  summary: "Make a notification channel",
  description:
    "The address is never shown again. `secret` of a webhook, its signing key, is answered only once.",
  permission: "platform:admin",
  body: createChannelInput,
  output: createdChannel,
  status: 201,
  useCase: (ctx, { body }) => createChannel(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/admin/notification-channels/${id}` }),
});
