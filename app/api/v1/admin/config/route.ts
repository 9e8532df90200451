import { defineRoute } from "@/app/_http/define-route";
import { listSettings } from "@/lib/settings/queries";
import { settingList, updateSettingInput } from "@/lib/settings/schema";
import { updateSetting } from "@/lib/settings/update-setting";

export const GET = defineRoute({
  summary: "List the settings",
  permission: "platform:admin",
  output: settingList,
  useCase: async (ctx) => ({ items: await listSettings(ctx) }),
});

export const PUT = defineRoute({
  summary: "Change a setting",
  description:
    "Null as value means back to the default. With the version that was seen nothing is overwritten unseen.",
  permission: "platform:admin",
  body: updateSettingInput,
  useCase: (ctx, { body }) => updateSetting(ctx, body),
});
