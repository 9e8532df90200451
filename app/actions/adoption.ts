"use server";

import { defineAction } from "@/app/_http/define-action";
import { createNamespace } from "@/lib/clusters/create-namespace";
import { createNamespaceInput } from "@/lib/clusters/schema";
import { adoptVm } from "@/lib/vms/adoption/adopt-vm";
import { importVms } from "@/lib/vms/adoption/import-vms";
import { previewImport } from "@/lib/vms/adoption/preview-import";
import { rejectAdoption } from "@/lib/vms/adoption/reject-adoption";
import { reopenAdoption } from "@/lib/vms/adoption/reopen-adoption";
import {
  adoptVmInput,
  importVmsInput,
  previewImportInput,
  rejectAdoptionInput,
  reopenAdoptionInput,
} from "@/lib/vms/adoption/schema";

export const adoptVmAction = defineAction(adoptVmInput, adoptVm);
export const rejectAdoptionAction = defineAction(rejectAdoptionInput, rejectAdoption);
export const reopenAdoptionAction = defineAction(reopenAdoptionInput, reopenAdoption);
export const previewImportAction = defineAction(previewImportInput, previewImport, { refreshes: false });
export const importVmsAction = defineAction(importVmsInput, importVms);
export const registerNamespaceAction = defineAction(createNamespaceInput, createNamespace);
