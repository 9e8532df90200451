import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { SettingRow } from "@/lib/settings/schema";
import { SettingLine } from "./setting-line";
import { groupSettings } from "./setting-words";

export function SettingGroups({ settings }: { settings: readonly SettingRow[] }) {
  const t = useTranslations("settings");
  return (
    <div className="grid min-w-0 gap-5">
      {groupSettings(settings).map(([group, members]) => (
        <Card key={group} title={t(t.has(`group.${group}`) ? `group.${group}` : "group.other")} flush>
          <ul className="divide-y">
            {members.map((setting) => (
              <SettingLine key={setting.key} setting={setting} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}
