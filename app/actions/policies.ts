"use server";

import { defineAction } from "@/app/_http/define-action";
import { createPolicy } from "@/lib/requests/policies/create-policy";
import { deletePolicy } from "@/lib/requests/policies/delete-policy";
import {
  createPolicyInput,
  deletePolicyInput,
  setPolicyStateInput,
  testPoliciesInput,
  updatePolicyForm,
} from "@/lib/requests/policies/schema";
import { setPolicyState } from "@/lib/requests/policies/set-policy-state";
import { testPolicies } from "@/lib/requests/policies/test-policies";
import { updatePolicy } from "@/lib/requests/policies/update-policy";
import { previewChanges } from "@/lib/requests/replays/preview-changes";
import { replayPolicies } from "@/lib/requests/replays/replay-policies";
import { previewWorkflowChanges } from "@/lib/requests/replays/preview-workflow-changes";
import {
  previewChangesInput,
  previewWorkflowChangesInput,
  replayPoliciesInput,
} from "@/lib/requests/replays/schema";

export const createPolicyAction = defineAction(createPolicyInput, createPolicy, {
  redirectTo: ({ id }) => `/admin/policies/${id}`,
});
export const updatePolicyAction = defineAction(updatePolicyForm, updatePolicy);
export const setPolicyStateAction = defineAction(setPolicyStateInput, setPolicyState, {
  redirectTo: ({ id }) => `/admin/policies/${id}`,
});
export const deletePolicyAction = defineAction(deletePolicyInput, deletePolicy, {
  redirectTo: () => "/admin/policies",
});

export const testPoliciesAction = defineAction(testPoliciesInput, testPolicies, { refreshes: false });
export const previewChangesAction = defineAction(previewChangesInput, previewChanges, { refreshes: false });
export const previewWorkflowChangesAction = defineAction(
  previewWorkflowChangesInput,
  previewWorkflowChanges,
  {
    refreshes: false,
  },
);
export const replayPoliciesAction = defineAction(replayPoliciesInput, replayPolicies, {
  redirectTo: ({ id }) => `/admin/policies/replays/${id}`,
});
