"use server";

import { z } from "zod";
import { defineAction } from "@/app/_http/define-action";
import { addFreeze } from "@/lib/requests/calendar/add-freeze";
import { addWindow } from "@/lib/requests/calendar/add-window";
import { issueFeed } from "@/lib/requests/calendar/issue-feed";
import { removeFreeze } from "@/lib/requests/calendar/remove-freeze";
import { removeWindow } from "@/lib/requests/calendar/remove-window";
import { revokeFeed } from "@/lib/requests/calendar/revoke-feed";
import {
  addFreezeInput,
  addWindowInput,
  removeFreezeInput,
  removeWindowInput,
  updateFreezeInput,
  updateWindowInput,
} from "@/lib/requests/calendar/schema";
import { updateFreeze } from "@/lib/requests/calendar/update-freeze";
import { updateWindow } from "@/lib/requests/calendar/update-window";

export const addWindowAction = defineAction(addWindowInput, addWindow);
export const updateWindowAction = defineAction(updateWindowInput, updateWindow);
export const removeWindowAction = defineAction(removeWindowInput, removeWindow);
export const addFreezeAction = defineAction(addFreezeInput, addFreeze);
export const updateFreezeAction = defineAction(updateFreezeInput, updateFreeze);
export const removeFreezeAction = defineAction(removeFreezeInput, removeFreeze);
// The address is shown once, so the page keeps what it got.
export const issueFeedAction = defineAction(z.strictObject({}), issueFeed, { refreshes: false });
export const revokeFeedAction = defineAction(z.strictObject({}), revokeFeed);
