import type { IconName } from "./icons";

export const navigationGroups = ["portal", "approvals", "admin"] as const;

export type NavigationGroup = (typeof navigationGroups)[number];

export type NavigationItem = {
  href: string;
  label: string;
  icon: IconName;
  group: NavigationGroup;
  /** How many wait there. */
  badge?: number | undefined;
  /** Further addresses that belong to it. */
  also?: readonly string[] | undefined;
  /** The letter that follows "g". */
  shortcut?: string | undefined;
};

/** The item whose address is the longest beginning of the path; "/" stands for itself only. */
export function currentItem(path: string, items: readonly NavigationItem[]): NavigationItem | undefined {
  return items
    .filter(({ href, also = [] }) => [href, ...also].some((address) => covers(address, path)))
    .sort((one, other) => other.href.length - one.href.length)[0];
}

function covers(address: string, path: string): boolean {
  return path === address || (address !== "/" && path.startsWith(`${address}/`));
}
