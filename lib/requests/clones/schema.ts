import { z } from "zod";
import { startAt } from "../calendar/schema";

export const requestCloneInput = z.strictObject({
  vmId: z.string().min(1).max(64),
  /** Where the copy lives: of the same environment, as data stays where it may be. */
  namespace: z.string().min(1).max(15),
  reason: z.string().trim().min(1).max(2_000),
  /** Else it rests until somebody starts it. */
  startAfterClone: z.union([z.boolean(), z.stringbool()]).optional(),
  startAt: startAt.optional(),
});
export type RequestClone = z.output<typeof requestCloneInput>;
