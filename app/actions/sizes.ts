"use server";

import { defineAction } from "@/app/_http/define-action";
import { createSize } from "@/lib/catalog/sizes/create-size";
import { deprecateSize } from "@/lib/catalog/sizes/deprecate-size";
import { importInstancetypes } from "@/lib/catalog/sizes/instancetypes/import-instancetypes";
import { importInstancetypesInput } from "@/lib/catalog/sizes/instancetypes/schema";
import { removeSize } from "@/lib/catalog/sizes/remove-size";
import { restoreSize } from "@/lib/catalog/sizes/restore-size";
import {
  createSizeInput,
  deprecateSizeInput,
  removeSizeInput,
  restoreSizeInput,
  updateSizeInput,
} from "@/lib/catalog/sizes/schema";
import { updateSize } from "@/lib/catalog/sizes/update-size";
import { previewSize } from "@/lib/vms/size-preview/preview-size";
import { previewSizeInput } from "@/lib/vms/size-preview/schema";

export const createSizeAction = defineAction(createSizeInput, createSize, {
  redirectTo: (size) => `/admin/sizes/${size.id}`,
});
export const updateSizeAction = defineAction(updateSizeInput, updateSize);
export const deprecateSizeAction = defineAction(deprecateSizeInput, deprecateSize);
export const restoreSizeAction = defineAction(restoreSizeInput, restoreSize);
export const removeSizeAction = defineAction(removeSizeInput, removeSize, {
  redirectTo: () => "/admin/sizes",
});

export const previewSizeAction = defineAction(previewSizeInput, previewSize, { refreshes: false });

export const importInstancetypesAction = defineAction(importInstancetypesInput, importInstancetypes);
