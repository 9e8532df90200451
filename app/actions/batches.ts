"use server";

import { defineAction } from "@/app/_http/define-action";
import { cancelBatch } from "@/lib/batches/cancel-batch";
import { decideBatch } from "@/lib/batches/decide-batch";
import { deleteVms } from "@/lib/batches/delete-vms";
import { grantExemption } from "@/lib/batches/limits/grant-exemption";
import { revokeExemption } from "@/lib/batches/limits/revoke-exemption";
import { grantExemptionInput, revokeExemptionInput, setOverrideInput } from "@/lib/batches/limits/schema";
import { setOverride } from "@/lib/batches/limits/set-override";
import { modifyVms } from "@/lib/batches/modify-vms";
import { operateVms } from "@/lib/batches/operate-vms";
import { requestVms } from "@/lib/batches/request-vms";
import { retryBatch } from "@/lib/batches/retry-batch";
import {
  batchIdInput,
  decideBatchInput,
  deleteChosenInput,
  modifyChosenInput,
  powerChosenInput,
  repeatCreationInput,
} from "@/lib/batches/schema";

const batchPath = ({ batchId }: { batchId: string }) => `/batches/${batchId}`;

export const requestVmsAction = defineAction(repeatCreationInput, requestVms, {
  redirectTo: ({ path }) => path,
});
export const operateVmsAction = defineAction(powerChosenInput, operateVms, { redirectTo: batchPath });
export const deleteVmsAction = defineAction(deleteChosenInput, deleteVms, { redirectTo: batchPath });
export const modifyVmsAction = defineAction(modifyChosenInput, modifyVms, { redirectTo: batchPath });
export const retryBatchAction = defineAction(batchIdInput, retryBatch);
export const cancelBatchAction = defineAction(batchIdInput, cancelBatch);
export const decideBatchAction = defineAction(decideBatchInput, decideBatch);
export const grantExemptionAction = defineAction(grantExemptionInput, grantExemption);
export const revokeExemptionAction = defineAction(revokeExemptionInput, revokeExemption);
export const setOverrideAction = defineAction(setOverrideInput, setOverride);
