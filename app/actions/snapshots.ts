"use server";

import { defineAction } from "@/app/_http/define-action";
import { requestClone } from "@/lib/requests/clones/request-clone";
import { requestCloneInput } from "@/lib/requests/clones/schema";
import { requestRestore } from "@/lib/requests/snapshots/request-restore";
import { requestSnapshot } from "@/lib/requests/snapshots/request-snapshot";
import { requestRestoreInput, requestSnapshotInput } from "@/lib/requests/snapshots/schema";
import { deleteSnapshot } from "@/lib/snapshots/delete-snapshot";
import { snapshotInput } from "@/lib/snapshots/schema";

export const requestSnapshotAction = defineAction(requestSnapshotInput, requestSnapshot);
export const requestRestoreAction = defineAction(requestRestoreInput, requestRestore);
export const requestCloneAction = defineAction(requestCloneInput, requestClone);
export const deleteSnapshotAction = defineAction(snapshotInput, deleteSnapshot);
