import { z } from "zod";

/** A change of a setting that is on its way. */
const pendingChange = z.object({
  value: z.json(),
  ticketId: z.string(),
  /** Waiting for approval, approved and waiting for its hour, or being carried out. */
  state: z.enum(["waiting", "held", "running"]),
  heldUntil: z.date().nullable(),
});

/** One setting: as it was asked last, as it was decided, as the cluster has it, and what is to come of it. */
const configurationRow = z.object({
  path: z.string(),
  /** Null where nobody asked, or the reader may not see who did. */
  asked: z.json(),
  isAsked: z.boolean(),
  approved: z.json(),
  live: z.json(),
  /** False where nobody has read this of the cluster. */
  isRead: z.boolean(),
  isDrifted: z.boolean(),
  pending: pendingChange.nullable(),
  /** How the last change of it took effect: as the machine ran, or only with its next start. */
  effect: z.enum(["live", "needs_restart"]).nullable(),
});
export type ConfigurationRow = z.output<typeof configurationRow>;

export const configuration = z.object({
  rows: z.array(configurationRow),
  /** When the cluster's machine was last read. */
  liveAt: z.date().nullable(),
  restartRequired: z.boolean(),
  /** How many revisions there are. */
  revision: z.number(),
  /** What is done at the first start, its secrets hidden; null for whoever may not see it or where it is a script. */
  cloudInit: z.string().nullable(),
  /** Owners and administrators of the System. */
  seesCloudInit: z.boolean(),
});
export type Configuration = z.output<typeof configuration>;
