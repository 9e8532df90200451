"use server";

import { defineAction } from "@/app/_http/define-action";
import { requestAccess } from "@/lib/requests/access/request-access";
import { requestAccessInput } from "@/lib/requests/access/schema";
import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { addComment } from "@/lib/requests/conversation/add-comment";
import { askForInformation } from "@/lib/requests/conversation/ask-for-information";
import { resubmitRequest } from "@/lib/requests/conversation/resubmit-request";
import { commentInput, informationInput, resubmitInput } from "@/lib/requests/conversation/schema";
import { previewApproval } from "@/lib/requests/preview-approval";
import { previewRequest } from "@/lib/requests/preview-request";
import { approveMany } from "@/lib/requests/queue/approve-many";
import { rejectMany } from "@/lib/requests/queue/reject-many";
import { approveManyInput, rejectManyInput } from "@/lib/requests/queue/schema";
import { removeRejectReason } from "@/lib/requests/reject-reasons/remove-reject-reason";
import { rejectReasonInput, removeReasonInput } from "@/lib/requests/reject-reasons/schema";
import { setRejectReason } from "@/lib/requests/reject-reasons/set-reject-reason";
import { rejectRequest } from "@/lib/requests/reject-request";
import {
  approveInput,
  cancelInput,
  previewInput,
  previewRequestInput,
  rejectInput,
} from "@/lib/requests/schema";

export const requestAccessAction = defineAction(requestAccessInput, requestAccess, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const previewRequestAction = defineAction(previewRequestInput, previewRequest, { refreshes: false });
export const approveRequestAction = defineAction(approveInput, approveRequest);
export const previewApprovalAction = defineAction(previewInput, previewApproval, { refreshes: false });
export const rejectRequestAction = defineAction(rejectInput, rejectRequest);
export const cancelRequestAction = defineAction(cancelInput, cancelRequest);
export const approveManyAction = defineAction(approveManyInput, approveMany);
export const rejectManyAction = defineAction(rejectManyInput, rejectMany);
export const addCommentAction = defineAction(commentInput, addComment);
export const askForInformationAction = defineAction(informationInput, askForInformation);
export const resubmitRequestAction = defineAction(resubmitInput, resubmitRequest);
export const setRejectReasonAction = defineAction(rejectReasonInput, setRejectReason);
export const removeRejectReasonAction = defineAction(removeReasonInput, removeRejectReason);
