"use server";

import { defineAction } from "@/app/_http/define-action";
import { removeQuota } from "@/lib/requests/quotas/remove-quota";
import { requestIncrease } from "@/lib/requests/quotas/request-increase";
import { increaseQuotaInput, removeQuotaInput, setQuotaInput } from "@/lib/requests/quotas/schema";
import { setQuota } from "@/lib/requests/quotas/set-quota";

export const setQuotaAction = defineAction(setQuotaInput, setQuota);
export const removeQuotaAction = defineAction(removeQuotaInput, removeQuota);
export const requestIncreaseAction = defineAction(increaseQuotaInput, requestIncrease, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
