"use server";

import { defineAction } from "@/app/_http/define-action";
import { createChannel } from "@/lib/notifications/channels/create-channel";
import { deleteChannel } from "@/lib/notifications/channels/delete-channel";
import { rotateSecret } from "@/lib/notifications/channels/rotate-secret";
import {
  channelInput,
  createChannelInput,
  rotateSecretInput,
  updateChannelInput,
} from "@/lib/notifications/channels/schema";
import { updateChannel } from "@/lib/notifications/channels/update-channel";
import { retryDelivery } from "@/lib/notifications/deliveries/retry-delivery";
import { retryDeliveryInput, testChannelInput, testMailInput } from "@/lib/notifications/deliveries/schema";
import { testChannelNow } from "@/lib/notifications/deliveries/test-channel";
import { testMailNow } from "@/lib/notifications/deliveries/test-mail";
import { updateMailServerInput } from "@/lib/notifications/mail/schema";
import { updateMailServer } from "@/lib/notifications/mail/update-mail-server";
import { setPreferencesInput } from "@/lib/notifications/preferences/schema";
import { setPreferences } from "@/lib/notifications/preferences/set-preferences";
import { previewTemplate } from "@/lib/notifications/templates/preview-template";
import { resetTemplate } from "@/lib/notifications/templates/reset-template";
import {
  previewTemplateInput,
  resetTemplateInput,
  updateTemplateInput,
} from "@/lib/notifications/templates/schema";
import { updateTemplate } from "@/lib/notifications/templates/update-template";

export const setPreferencesAction = defineAction(setPreferencesInput, setPreferences);
export const updateMailServerAction = defineAction(updateMailServerInput, updateMailServer);
export const testMailAction = defineAction(testMailInput, testMailNow);
export const createChannelAction = defineAction(createChannelInput, createChannel);
export const updateChannelAction = defineAction(updateChannelInput, updateChannel);
export const deleteChannelAction = defineAction(channelInput, deleteChannel, {
  redirectTo: () => "/admin/notices",
});
export const rotateSecretAction = defineAction(rotateSecretInput, rotateSecret);
export const testChannelAction = defineAction(testChannelInput, testChannelNow);
export const retryDeliveryAction = defineAction(retryDeliveryInput, retryDelivery);
export const updateTemplateAction = defineAction(updateTemplateInput, updateTemplate);
export const resetTemplateAction = defineAction(resetTemplateInput, resetTemplate);
export const previewTemplateAction = defineAction(previewTemplateInput, previewTemplate, {
  refreshes: false,
});
