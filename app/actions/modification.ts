"use server";

import { defineAction } from "@/app/_http/define-action";
import { previewModification } from "@/lib/requests/modification/preview-modification";
import { requestModification } from "@/lib/requests/modification/request-modification";
import { modifyVmInput, previewModificationInput } from "@/lib/requests/modification/schema";
import { acceptDrift } from "@/lib/vms/modification/accept-drift";
import { acceptDriftInput } from "@/lib/vms/modification/schema";

export const requestModificationAction = defineAction(modifyVmInput, requestModification, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const previewModificationAction = defineAction(previewModificationInput, previewModification, {
  refreshes: false,
});
export const acceptDriftAction = defineAction(acceptDriftInput, acceptDrift);
