/** What a page can hear of; the database's triggers announce these. */
export const newsKinds = [
  "vm",
  "ticket",
  "batch",
  "notification",
  "cluster",
  "answer",
  "session",
  "console",
  "access",
  "upload",
  "adoption",
  "catalogue",
] as const;
export type NewsKind = (typeof newsKinds)[number];
