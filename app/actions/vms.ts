"use server";

import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { deleteVm, restartVm, startVm, stopVm } from "@/lib/requests/operate-vm";
import { deleteVmInput, powerInput } from "@/lib/requests/schema";
import { readVmManifest } from "@/lib/vms/queries";

export const startVmAction = defineAction(powerInput, startVm);
export const stopVmAction = defineAction(powerInput, stopVm);
export const restartVmAction = defineAction(powerInput, restartVm);
export const deleteVmAction = defineAction(deleteVmInput, deleteVm, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const readManifestAction = defineAction(
  z.strictObject({ vmId: z.string() }),
  (ctx, { vmId }) => readVmManifest(ctx, vmId),
  { refreshes: false },
);
