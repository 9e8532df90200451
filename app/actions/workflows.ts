"use server";

import { defineAction } from "@/app/_http/define-action";
import { createDelegation } from "@/lib/requests/delegations/create-delegation";
import { endDelegation } from "@/lib/requests/delegations/end-delegation";
import { createDelegationInput, endDelegationInput } from "@/lib/requests/delegations/schema";
import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import { deleteWorkflow } from "@/lib/requests/workflows/delete-workflow";
import {
  createWorkflowInput,
  deleteWorkflowInput,
  testWorkflowInput,
  updateWorkflowInput,
} from "@/lib/requests/workflows/schema";
import { testWorkflow } from "@/lib/requests/workflows/test-workflow";
import { updateWorkflow } from "@/lib/requests/workflows/update-workflow";

export const createWorkflowAction = defineAction(createWorkflowInput, createWorkflow, {
  redirectTo: ({ id }) => `/admin/workflows/${id}`,
});
export const updateWorkflowAction = defineAction(updateWorkflowInput, updateWorkflow);
export const deleteWorkflowAction = defineAction(deleteWorkflowInput, deleteWorkflow, {
  redirectTo: () => "/admin/workflows",
});
export const testWorkflowAction = defineAction(testWorkflowInput, testWorkflow, { refreshes: false });

export const createDelegationAction = defineAction(createDelegationInput, createDelegation);
export const endDelegationAction = defineAction(endDelegationInput, endDelegation);
