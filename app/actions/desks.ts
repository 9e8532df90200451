"use server";

import { defineAction } from "@/app/_http/define-action";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { deleteDesk } from "@/lib/requests/desks/delete-desk";
import { enableDesk } from "@/lib/requests/desks/enable-desk";
import {
  createJiraForm,
  createServiceNowForm,
  createWebhookForm,
  updateJiraForm,
  updateServiceNowForm,
  updateWebhookForm,
} from "@/lib/requests/desks/forms/schema";
import { rotateSecret } from "@/lib/requests/desks/rotate-secret";
import {
  deleteDeskInput,
  enableDeskInput,
  redeliverInput,
  rotateSecretInput,
  takeBackInput,
  testDeskInput,
} from "@/lib/requests/desks/schema";
import { sendAgain } from "@/lib/requests/desks/send-again";
import { takeBackRequest } from "@/lib/requests/desks/take-back-request";
import { testDesk } from "@/lib/requests/desks/test-desk";
import { updateDesk } from "@/lib/requests/desks/update-desk";

// A form is read by its schema's members, so each type has an action of its own.
const toDesk = { redirectTo: ({ id }: { id: string }) => `/admin/desks/${id}` };
export const createWebhookAction = defineAction(createWebhookForm, createDesk, toDesk);
export const createServiceNowAction = defineAction(createServiceNowForm, createDesk, toDesk);
export const createJiraAction = defineAction(createJiraForm, createDesk, toDesk);
export const updateWebhookAction = defineAction(updateWebhookForm, updateDesk);
export const updateServiceNowAction = defineAction(updateServiceNowForm, updateDesk);
export const updateJiraAction = defineAction(updateJiraForm, updateDesk);

export const enableDeskAction = defineAction(enableDeskInput, enableDesk);
export const deleteDeskAction = defineAction(deleteDeskInput, deleteDesk, {
  redirectTo: () => "/admin/desks",
});
export const testDeskAction = defineAction(testDeskInput, testDesk);
export const rotateSecretAction = defineAction(rotateSecretInput, rotateSecret);
export const sendAgainAction = defineAction(redeliverInput, sendAgain);
export const takeBackAction = defineAction(takeBackInput, takeBackRequest);
