"use server";

import { defineAction } from "@/app/_http/define-action";
import { readClusterEvents } from "@/lib/vms/explanation/queries";
import { vmQuestion } from "@/lib/vms/explanation/schema";

export const readClusterEventsAction = defineAction(
  vmQuestion,
  (ctx, { vmId }) => readClusterEvents(ctx, vmId),
  { refreshes: false },
);
