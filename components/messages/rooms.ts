/** One file of messages per room and language: components/messages/<locale>/<room>.json, read as the namespace <room>. */
export const messageRooms = [
  "ui",
  "shell",
  "fatal",
  "identity",
  "systems",
  "clusters",
  "catalog",
  "vms",
  "requests",
  "approvals",
  "console",
  "inbox",
  "audit",
  "errors",
  "home",
  "settings",
  "access",
  "accounts",
  "mfa",
  "providers",
  "denied",
] as const;

export type MessageRoom = (typeof messageRooms)[number];
