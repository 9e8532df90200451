"use server";

import { defineAction } from "@/app/_http/define-action";
import { endEmergency } from "@/lib/requests/emergencies/end-emergency";
import { reviewEmergency } from "@/lib/requests/emergencies/review-emergency";
import {
  endEmergencyInput,
  reviewEmergencyInput,
  startEmergencyInput,
} from "@/lib/requests/emergencies/schema";
import { startEmergency } from "@/lib/requests/emergencies/start-emergency";

export const startEmergencyAction = defineAction(startEmergencyInput, startEmergency, {
  redirectTo: ({ id }) => `/emergencies/${id}`,
});
export const endEmergencyAction = defineAction(endEmergencyInput, endEmergency);
export const reviewEmergencyAction = defineAction(reviewEmergencyInput, reviewEmergency);
