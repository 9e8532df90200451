import type { MessageRoom } from "./rooms";

/** What every page's scripts say; all else a page's server says, or its part of the portal brings along. */
export const baseRooms = ["ui", "shell", "errors", "identity", "mfa"] as const satisfies MessageRoom[];

/** Which rooms' messages the scripts of a part need beside the base, by the folder of its pages. */
export const partRooms = {
  "app/(portal)/access": ["denied", "requests"],
  "app/(portal)/admin": [
    "access",
    "accounts",
    "adoption",
    "calendar",
    "catalog",
    "clusters",
    "desks",
    "notices",
    "policies",
    "providers",
    "settings",
    "sizes",
    "systems",
    "templates",
    "uploads",
    "workflows",
  ],
  "app/(portal)/admin/templates": ["requests"],
  "app/(portal)/approvals": ["approvals", "requests"],
  "app/(portal)/batches": ["batches"],
  "app/(portal)/calendar": ["calendar"],
  "app/(portal)/recordings": ["recordings"],
  "app/(portal)/requests": ["requests"],
  "app/(portal)/profile": ["access", "accounts", "notices", "workflows"],
  "app/(portal)/services": ["systems"],
  "app/(portal)/systems": ["access", "quotas", "systems"],
  "app/console": ["console", "recordings", "vms"],
  "app/(portal)/vms": [
    "access",
    "batches",
    "calendar",
    "console",
    "explanation",
    "guest",
    "lifetimes",
    "modification",
    "power",
    "quotas",
    "recordings",
    "requests",
    "vmlist",
    "vms",
    "workflows",
  ],
} as const satisfies Record<string, MessageRoom[]>;

export type MessagePart = keyof typeof partRooms;

/** The messages of these rooms alone. */
export function pickRooms<Messages extends object>(
  messages: Messages,
  rooms: readonly MessageRoom[],
): Partial<Messages> {
  const names = new Set<string>(rooms);
  // Picking members of an object yields a part of it.
  return Object.fromEntries(
    Object.entries(messages).filter(([name]) => names.has(name)),
  ) as Partial<Messages>;
}
