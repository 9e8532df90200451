import type { CalendarEntry } from "./schema";

export const calendarLocales = ["en", "zh-CN"] as const;
export type CalendarLocale = (typeof calendarLocales)[number];

/** For calendars outside the portal, which have no catalogue of messages. */
const words = {
  en: {
    calendar: "Shepherd changes",
    window: "Change window",
    freeze: "Freeze",
    everywhere: "all environments",
    operations: {
      CREATE_VM: "Create a machine",
      MODIFY_VM: "Change",
      DELETE_VM: "Delete",
      START_VM: "Start",
      STOP_VM: "Stop",
      RESTART_VM: "Restart",
      FORCE_STOP_VM: "Force stop",
      PAUSE_VM: "Pause",
      RESUME_VM: "Resume",
      SOFT_REBOOT_VM: "Soft reboot",
      RESET_VM: "Reset",
      CREATE_SNAPSHOT: "Snapshot",
      RESTORE_SNAPSHOT: "Restore",
      CLONE_VM: "Clone",
    },
  },
  "zh-CN": {
    calendar: "Shepherd 变更",
    window: "变更窗口",
    freeze: "冻结",
    everywhere: "所有环境",
    operations: {
      CREATE_VM: "创建虚拟机",
      MODIFY_VM: "修改",
      DELETE_VM: "删除",
      START_VM: "启动",
      STOP_VM: "停止",
      RESTART_VM: "重启",
      FORCE_STOP_VM: "强制停止",
      PAUSE_VM: "暂停",
      RESUME_VM: "恢复运行",
      SOFT_REBOOT_VM: "软重启",
      RESET_VM: "重置",
      CREATE_SNAPSHOT: "快照",
      RESTORE_SNAPSHOT: "恢复",
      CLONE_VM: "克隆",
    },
  },
} as const;

export function calendarName(locale: CalendarLocale): string {
  return words[locale].calendar;
}

export function summaryOf(entry: CalendarEntry, locale: CalendarLocale): string {
  const { window, freeze, everywhere, operations } = words[locale];
  const place = entry.environment ?? everywhere;
  if (entry.kind === "window") return `${window}: ${entry.title} (${place})`;
  if (entry.kind === "freeze") return `${freeze}: ${entry.title} (${place})`;
  const names: Record<string, string> = operations;
  const name = names[entry.operation ?? ""] ?? entry.operation ?? "";
  return [name, entry.resourceName ?? entry.systemName, `(${place})`].filter(Boolean).join(" ");
}
