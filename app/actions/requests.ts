"use server";

import { defineAction } from "@/app/_http/define-action";
import { requestAccess } from "@/lib/requests/access/request-access";
import { requestAccessInput } from "@/lib/requests/access/schema";
import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { previewApproval } from "@/lib/requests/preview-approval";
import { previewRequest } from "@/lib/requests/preview-request";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestVm } from "@/lib/requests/request-vm";
import {
  approveInput,
  cancelInput,
  previewInput,
  previewRequestInput,
  rejectInput,
  requestVmInput,
} from "@/lib/requests/schema";

export const submitVmRequestAction = defineAction(requestVmInput, requestVm, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const requestAccessAction = defineAction(requestAccessInput, requestAccess, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const previewRequestAction = defineAction(previewRequestInput, previewRequest, { refreshes: false });
export const approveRequestAction = defineAction(approveInput, approveRequest);
export const previewApprovalAction = defineAction(previewInput, previewApproval, { refreshes: false });
export const rejectRequestAction = defineAction(rejectInput, rejectRequest);
export const cancelRequestAction = defineAction(cancelInput, cancelRequest);
