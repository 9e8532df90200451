"use server";

import { defineAction } from "@/app/_http/define-action";
import { createService } from "@/lib/systems/create-service";
import { createSystem } from "@/lib/systems/create-system";
import { deleteService } from "@/lib/systems/delete-service";
import { deleteSystem } from "@/lib/systems/delete-system";
import {
  createServiceInput,
  createSystemInput,
  deleteServiceInput,
  deleteSystemInput,
  describeSystemInput,
  listSystemInput,
  updateServiceInput,
} from "@/lib/systems/schema";
import { updateService } from "@/lib/systems/update-service";
import { updateSystem } from "@/lib/systems/update-system";

export const createSystemAction = defineAction(createSystemInput, createSystem, {
  redirectTo: (system) => `/systems/${system.id}`,
});
export const updateSystemAction = defineAction(describeSystemInput, updateSystem);
export const listSystemAction = defineAction(listSystemInput, updateSystem);
export const deleteSystemAction = defineAction(deleteSystemInput, deleteSystem, {
  redirectTo: () => "/systems",
});

export const createServiceAction = defineAction(createServiceInput, createService, {
  redirectTo: (service) => `/services/${service.id}`,
});
export const updateServiceAction = defineAction(updateServiceInput, updateService);
export const deleteServiceAction = defineAction(deleteServiceInput, deleteService, {
  redirectTo: () => "/systems",
});
