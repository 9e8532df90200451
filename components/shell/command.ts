import type { IconName } from "./icons";

export type Command = {
  id: string;
  label: string;
  href: string;
  /** The heading it is listed under, in the reader's words: pages, machines, requests, actions. */
  group: string;
  icon?: IconName | undefined;
  /** A second line of small print: a system, a state. */
  hint?: string | undefined;
  keywords?: readonly string[] | undefined;
  /** Shown at the end, such as "g v". */
  keys?: string | undefined;
};
