"use server";

import { defineAction } from "@/app/_http/define-action";
import { updateSettingForm } from "@/lib/settings/schema";
import { updateSetting } from "@/lib/settings/update-setting";

export const updateSettingAction = defineAction(updateSettingForm, updateSetting);
