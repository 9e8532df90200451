"use server";

import { defineAction } from "@/app/_http/define-action";
import { listChoices } from "@/lib/vms/list/choices/schema";
import { setListChoices } from "@/lib/vms/list/choices/set-list-choices";
import { createView } from "@/lib/vms/list/views/create-view";
import { deleteView } from "@/lib/vms/list/views/delete-view";
import { deleteViewInput, updateViewInput, viewInput } from "@/lib/vms/list/views/schema";
import { updateView } from "@/lib/vms/list/views/update-view";

export const setListChoicesAction = defineAction(listChoices, setListChoices);
export const createViewAction = defineAction(viewInput, createView, {
  redirectTo: ({ id }) => `/vms?view=${id}`,
});
export const updateViewAction = defineAction(updateViewInput, updateView);
export const deleteViewAction = defineAction(deleteViewInput, deleteView, {
  redirectTo: () => "/vms?view=all",
});
