"use server";

import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { deleteVm } from "@/lib/requests/delete-vm";
import { forceStopVm } from "@/lib/requests/force-stop-vm";
import { pauseVm } from "@/lib/requests/pause-vm";
import { rebootVm } from "@/lib/requests/reboot-vm";
import { resetVm } from "@/lib/requests/reset-vm";
import { restartVm } from "@/lib/requests/restart-vm";
import { resumeVm } from "@/lib/requests/resume-vm";
import { startVm } from "@/lib/requests/start-vm";
import { stopVm } from "@/lib/requests/stop-vm";
import { deleteVmInput, powerInput } from "@/lib/requests/schema";
import { readVmManifest } from "@/lib/vms/queries";

export const startVmAction = defineAction(powerInput, startVm);
export const stopVmAction = defineAction(powerInput, stopVm);
export const restartVmAction = defineAction(powerInput, restartVm);
export const forceStopVmAction = defineAction(powerInput, forceStopVm);
export const pauseVmAction = defineAction(powerInput, pauseVm);
export const resumeVmAction = defineAction(powerInput, resumeVm);
export const rebootVmAction = defineAction(powerInput, rebootVm);
export const resetVmAction = defineAction(powerInput, resetVm);
export const deleteVmAction = defineAction(deleteVmInput, deleteVm, {
  redirectTo: (submitted) => `/requests/${submitted.ticketId}`,
});
export const readManifestAction = defineAction(
  z.strictObject({ vmId: z.string() }),
  (ctx, { vmId }) => readVmManifest(ctx, vmId),
  { refreshes: false },
);
