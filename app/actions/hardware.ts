"use server";

import { defineAction } from "@/app/_http/define-action";
import { refreshHardware } from "@/lib/vms/hardware/refresh-hardware";
import { hardwareInput } from "@/lib/vms/hardware/schema";

export const refreshHardwareAction = defineAction(hardwareInput, refreshHardware);
