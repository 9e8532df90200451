import type { Command } from "./command";
import type { NavigationItem } from "./navigation";

/** Every page of the navigation as a command, under one heading. */
export function navigationCommands(group: string, items: readonly NavigationItem[]): Command[] {
  return items.map((item) => ({
    id: item.href,
    label: item.label,
    href: item.href,
    group,
    icon: item.icon,
    keys: item.shortcut ? `g ${item.shortcut}` : undefined,
  }));
}
