"use server";

import { defineAction } from "@/app/_http/define-action";
import { pauseSchedule } from "@/lib/requests/lifetimes/pause-schedule";
import { removeSchedule } from "@/lib/requests/lifetimes/remove-schedule";
import { skipRun } from "@/lib/requests/lifetimes/skip-run";
import { extendVm } from "@/lib/requests/lifetimes/extend-vm";
import { protectVm } from "@/lib/requests/lifetimes/protect-vm";
import { requestExtension } from "@/lib/requests/lifetimes/request-extension";
import { requestSchedule } from "@/lib/requests/lifetimes/request-schedule";
import { entriesOf } from "@/lib/requests/lifetimes/rules";
import {
  environmentLifetimeInput,
  extendVmInput,
  pauseScheduleInput,
  protectVmInput,
  requestExtensionInput,
  requestScheduleForm,
  vmScheduleInput,
} from "@/lib/requests/lifetimes/schema";
import { setEnvironmentLifetime } from "@/lib/requests/lifetimes/set-environment-lifetime";

export const extendVmAction = defineAction(extendVmInput, extendVm);
export const requestExtensionAction = defineAction(requestExtensionInput, requestExtension, {
  redirectTo: ({ ticketId }) => `/requests/${ticketId}`,
});
export const protectVmAction = defineAction(protectVmInput, protectVm);
export const requestScheduleAction = defineAction(requestScheduleForm, (ctx, form) =>
  requestSchedule(ctx, {
    vmId: form.vmId,
    timeZone: form.timeZone,
    entries: entriesOf(form),
    reason: form.reason,
  }),
);
export const skipRunAction = defineAction(vmScheduleInput, skipRun);
export const pauseScheduleAction = defineAction(pauseScheduleInput, pauseSchedule);
export const removeScheduleAction = defineAction(vmScheduleInput, removeSchedule);
export const setEnvironmentLifetimeAction = defineAction(environmentLifetimeInput, setEnvironmentLifetime);
